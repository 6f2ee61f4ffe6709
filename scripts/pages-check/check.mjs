// Walks the pages of a running gateway with development delivery in a real browser: both languages, desktop and phone, with and without
// JavaScript; holds each page against WCAG 2.2 AA (axe), listens for CSP reports, outside requests and console errors, weighs the first screen.
//   node check.mjs [http://127.0.0.1:5080]      SHOTS=folder keeps screenshots, CHROMIUM=path names the browser,
//                                               STAFF_TOKENS=data/staff-tokens.json has a fact marked too, ONLY=facts walks registering for a service and facts alone,
//                                               LOCALES=en walks one language
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const base = process.argv[2] ?? 'http://127.0.0.1:5080';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.SHOTS;
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const staff = process.env.STAFF_TOKENS && JSON.parse(readFileSync(process.env.STAFF_TOKENS, 'utf8')).map((member) => member.token);
const faults = [];
let pages = 0, announced = 0, cards = 0;
if (shots) mkdirSync(shots, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  for (const locale of (process.env.LOCALES ?? 'zh-CN,en').split(','))
    for (const [size, viewport] of Object.entries(sizes))
      await walk({ name: `${locale}-${size}`, locale, viewport, phone: size === 'phone' });
  if (!process.env.ONLY) await walk({ name: 'zh-CN-phone-plain', locale: 'zh-CN', viewport: sizes.phone, phone: true, javaScriptEnabled: false });
  await weigh();
} finally {
  await browser.close();
}
if (!announced) console.log('Nothing is announced at this gateway: the pages that publicise an amendment were not looked at.');
console.log(`${pages} pages looked at, ${faults.length} faults`);
for (const fault of faults) console.log(`- ${fault}`);
process.exitCode = faults.length ? 1 : 0;

async function walk({ name, locale, viewport, phone, javaScriptEnabled = true }) {
  const context = await browser.newContext({ locale, viewport, isMobile: phone, hasTouch: phone, javaScriptEnabled, bypassCSP: false });
  const page = await context.newPage();
  let shot = 0;
  const watch = (page) => {
    page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(`${name} ${page.url()} console: ${message.text()}`); });
    page.on('request', (request) => { if (!request.url().startsWith(base) && !request.url().startsWith('data:')) faults.push(`${name} outside request ${request.url()}`); });
  };
  watch(page);

  const look = (title) => lookAt(page, title);
  const lookAt = async (page, title) => {
    pages++;
    const lang = await page.getAttribute('html', 'lang');
    if (lang !== locale) faults.push(`${name} ${title}: lang is ${lang}`);
    if (javaScriptEnabled) {
      // By the debugger, which the page's own policy does not bind.
      const violations = await page.evaluate(`${axe}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(r => r.violations)`);
      for (const each of violations) faults.push(`${name} ${title}: ${each.id} ${each.nodes.map((node) => node.target).join(' ; ')}`);
      const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      if (wide > 0) faults.push(`${name} ${title}: ${wide} px wider than the screen`);
    }
    if (shots) await page.screenshot({ path: `${shots}/${name}-${String(++shot).padStart(2, '0')}-${title}.png`, fullPage: true });
  };
  const go = (path) => page.goto(base + path);
  const send = (handler) => Promise.all([page.waitForNavigation(), page.click(`form[action="/register?handler=${handler}"] button:not([type=button])`)]);

  await forService(page, { name, context, go, look, send });
  if (process.env.ONLY) return context.close();
  await go('/'); await look('start');
  for (const path of ['/documents', '/documents/privacy-agreement', '/documents/registration-agreement', '/help', '/problems/busy', '/nothing-here', '/sign-out']) { await go(path); await look(path.slice(1).replaceAll('/', '-')); }
  await publicity(page, { name, go, look });

  await go('/register'); await look('privacy');
  if (await page.isChecked('#privacy')) faults.push(`${name}: the privacy box is ticked`);
  await send('privacy'); await look('privacy-refused');
  await page.check('#privacy'); await send('privacy'); await look('contact');
  const email = `${name.toLowerCase()}-${process.pid}-${Math.floor(performance.now())}@example.com`;
  await page.check('#method-email');
  await send('start'); await look('contact-refused');
  await page.check('#method-email'); await page.fill('#email', email);
  await send('start'); await look('code');
  await page.fill('#code', '000000'); await send('verify'); await look('code-refused');

  // A page killed by the phone resumes where the server stands.
  await page.goto('about:blank'); await go('/register');
  const outbox = await (await context.request.get(`${base}/dev/outbox?to=${encodeURIComponent(email)}`, { headers: { accept: 'application/json' } })).json();
  await page.fill('#code', outbox[0].code); await send('verify'); await look('details');
  if (await page.locator('input[type=checkbox]:checked').count()) faults.push(`${name}: a box is ticked`);
  const password = 'willow lantern 7 harbour';
  await page.fill('#password', 'short'); await send('complete'); await look('details-refused');
  await page.fill('#password', password);
  for (const [id, value] of [['birthYear', '1990'], ['birthMonth', '5'], ['birthDay', '17'], ['displayName', '林 Lin <b>']]) await page.fill(`#${id}`, value);
  for (const box of await page.locator('form[action="/register?handler=complete"] input[type=checkbox]').all()) await box.check();
  for (const text of await page.locator('details.in-place summary').all()) await text.click();
  await look('details-filled');
  await send('complete'); await look('account');
  for (const part of ['changes', 'consents', 'leave']) { await go(`/account/${part}`); await look(`account-${part}`); }
  await go('/account/data'); await look('account-data');
  await Promise.all([page.waitForNavigation(), page.click('form[action="/account/data?handler=ask"] button')]);
  await page.waitForSelector('a[href$="/archive"]'); await look('account-data-ready');
  const [copy] = await Promise.all([page.waitForEvent('download'), page.click('a[href$="/archive"]')]);
  if (!copy.suggestedFilename().endsWith('.zip')) faults.push(`${name}: the copy is called ${copy.suggestedFilename()}`);
  await settings({ page, context, name, go, look, email, password });
  await identity(page, { name, go, look });
  await go('/account/data'); await look('account-data-waits');
  await go('/account');
  await page.fill('#newPassword', 'x'); await Promise.all([page.waitForNavigation(), page.click('form[action="/account?handler=password"] button:not([type=button])')]); await look('account-refused');
  await Promise.all([page.waitForNavigation(), page.click('.page-head button')]); await look('signed-out');
  await go('/sign-in'); await look('sign-in');
  await page.fill('#identifier', email); await page.fill('#password', 'wrong password'); await Promise.all([page.waitForNavigation(), page.click('form[action="/sign-in"] button:not([type=button])')]); await look('sign-in-refused');
  await page.fill('#password', password); await Promise.all([page.waitForNavigation(), page.click('form[action="/sign-in"] button:not([type=button])')]);
  // Whoever has not yet seen what was announced is shown it first (C2.5c).
  if (announced && page.url().endsWith('/account/changes')) { await look('changes'); await go('/account'); }
  if (!page.url().endsWith('/account')) faults.push(`${name}: not signed in, at ${page.url()}`);

  // The same contact again: the right code tells, and nothing before it.
  await go('/register'); await page.check('#privacy'); await send('privacy');
  await page.check('#method-email'); await page.fill('#email', email); await send('start');
  await go('/dev/outbox'); await look('outbox');
  await notMine(page, { name, go, look, send, password, context });
  await context.close();
  await family({ name, locale, viewport, phone, javaScriptEnabled }, watch, lookAt);
}

// A number of a resident card that nobody had before.
function card(birth = '19900517') {
  const body = `33${String(process.pid % 10000).padStart(4, '0')}${birth}${String(++cards).padStart(3, '0')}`;
  return body + '10X98765432'[[...body].reduce((sum, digit, i) => sum + Number(digit) * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][i], 0) % 11];
}

// Somebody of 17 in one browser and the guardian in another, up to the freeze and the withdrawal.
async function family(kind, watch, lookAt) {
  const { name } = kind;
  const tag = `${name.toLowerCase()}-${process.pid}-${Math.floor(performance.now())}`;
  const [minor, guardian] = await Promise.all([0, 1].map(async () => {
    const context = await browser.newContext({ locale: kind.locale, viewport: kind.viewport, isMobile: kind.phone, hasTouch: kind.phone, javaScriptEnabled: kind.javaScriptEnabled });
    const page = await context.newPage();
    watch(page);
    return { page, look: (title) => lookAt(page, title), send: (action) => Promise.all([page.waitForNavigation(), page.locator(`form[action="${action}"] button:not([type=button])`).first().click()]) };
  }));
  const outbox = async (to) => (await minor.page.context().request.get(`${base}/dev/outbox?to=${encodeURIComponent(to)}`, { headers: { accept: 'application/json' } })).json();
  const [email, mailbox, phone] = [`minor-${tag}@example.com`, `parent-${tag}@example.com`, `+861${String(3e9 + Math.floor(Math.random() * 9e8)).slice(0, 10)}`];

  await minor.page.goto(base + '/register'); await minor.page.check('#privacy'); await minor.send('/register?handler=privacy');
  await minor.page.check('#method-email'); await minor.page.fill('#email', email); await minor.send('/register?handler=start');
  await minor.page.fill('#code', (await outbox(email))[0].code); await minor.send('/register?handler=verify');
  const details = async () => {
    await minor.page.fill('#password', 'willow lantern 7 harbour');
    for (const [id, value] of [['birthYear', String(new Date().getFullYear() - 17)], ['birthMonth', '1'], ['birthDay', '2']]) await minor.page.fill(`#${id}`, value);
    for (const box of await minor.page.locator('form[action="/register?handler=complete"] input[type=checkbox]:not([name=capacity])').all()) await box.check();
    await minor.send('/register?handler=complete');
  };
  await details(); await minor.look('guardian-needed');
  await minor.page.check('#guardianMethod-email'); await minor.send('/register?handler=invite'); await minor.look('guardian-needed-refused');
  await minor.page.check('#guardianMethod-email'); await minor.page.fill('#guardianEmail', mailbox); await minor.send('/register?handler=invite'); await minor.look('guardian-waiting');

  await guardian.page.goto((await outbox(mailbox))[0].text.match(/https?:\S+token=\S+/)[0]); await guardian.look('guardian-invited');
  if (guardian.page.url().includes('token')) faults.push(`${name}: the token stays in the address`);
  await guardian.page.fill('#guardianPhone', '12'); await guardian.send('/guardian/invitation?handler=code'); await guardian.look('guardian-phone-refused');
  await guardian.page.fill('#guardianPhone', phone); await guardian.send('/guardian/invitation?handler=code'); await guardian.look('guardian-code');
  await guardian.page.fill('#code', (await outbox(phone))[0].code); await guardian.send('/guardian/invitation?handler=verify'); await guardian.look('guardian-proven');
  if (await guardian.page.locator('input[type=checkbox]:checked').count()) faults.push(`${name}: a guardian's box is ticked`);
  await guardian.send('/guardian/invitation?handler=identity'); await guardian.look('guardian-identity-refused');
  for (const [name, born, title] of [['测试不符', 1980, 'mismatch'], ['测试通过王建国', new Date().getFullYear() - 17, 'young'], ['测试通过王建国', 1980, 'passed']]) {
    await guardian.page.check('#consent'); await guardian.page.fill('#name', name); await guardian.page.fill('#number', card(`${born}0101`));
    await guardian.send('/guardian/invitation?handler=identity'); await guardian.look(`guardian-identity-${title}`);
  }
  await guardian.send('/guardian/invitation?handler=accept'); await guardian.look('guardian-accept-refused');
  await guardian.page.check('#relationship');
  for (const box of await guardian.page.locator('form[action="/guardian/invitation?handler=accept"] input[type=checkbox]').all()) await box.check();
  await guardian.send('/guardian/invitation?handler=accept'); await guardian.look('guardian-agreed');

  await minor.page.goto(base + '/register'); await minor.look('guardian-agreed-details');
  await details(); await minor.look('minor-account');
  await minor.page.goto(base + '/account/guardian'); await minor.look('minor-guardian');
  await minor.send('/account/guardian?handler=lost'); await minor.look('minor-guardian-lost');

  await guardian.page.goto(base + '/guardian'); await guardian.look('console-sign-in');
  await guardian.page.check('#guardianMethod'); await guardian.page.fill('#guardianPhone', phone); await guardian.send('/guardian?handler=code'); await guardian.look('console-code');
  let code;
  for (let tries = 0; !code && tries < 80; tries++) { // the code before is a minute old at most
    code = (await outbox(phone)).filter((message) => message.code)[1] && (await outbox(phone))[0].code;
    if (!code) await guardian.page.waitForTimeout(1000);
  }
  await guardian.page.fill('#code', code); await guardian.send('/guardian?handler=verify'); await guardian.look('console');
  await guardian.send('/guardian?handler=freeze'); await guardian.look('console-frozen');
  await minor.page.goto(base + '/account'); await minor.look('minor-frozen');
  const open = async () => { const closed = guardian.page.locator('main details:not([open]) > summary'); while (await closed.count()) await closed.first().click(); };
  await open(); await guardian.look('console-everything');
  await guardian.send('/guardian?handler=copy'); await open(); await guardian.look('console-copy');
  await guardian.send('/guardian?handler=cancel'); await guardian.look('console-cancel-refused');
  await guardian.page.check('input[name=understood]'); await guardian.send('/guardian?handler=cancel'); await guardian.look('console-cancelled');
  await minor.page.goto(base + '/account/guardian'); await minor.look('minor-ends');
  await guardian.send('/guardian?handler=takeBack'); await open(); await guardian.look('console-taken-back');
  await open(); await guardian.send('/guardian?handler=withdraw'); await guardian.look('console-withdraw-refused');
  for (const { page } of [minor, guardian]) await page.context().close();
}

// Contacts, their notices and a reset, as far as a person goes who has one account.
async function settings({ page, context, name, go, look, email, password }) {
  const press = (form) => Promise.all([page.waitForNavigation(), page.click(`form[action$="${form}"] button:not([type=button])`)]);
  const newest = async (to) => (await (await context.request.get(`${base}/dev/outbox?to=${encodeURIComponent(to)}`, { headers: { accept: 'application/json' } })).json())[0];
  await go('/account/contacts'); await look('contacts');
  await go('/account/facts'); await look('facts');
  await go('/account/confirm?to=contacts'); await look('confirm');
  await page.fill('#password', 'a wrong one'); await press('handler=password'); await look('confirm-refused');
  await page.fill('#password', password); await press('handler=password');
  if (!page.url().endsWith('/account/contacts')) faults.push(`${name}: confirmed, at ${page.url()}`);
  await page.check('#method-email'); await page.fill('#email', 'nothing'); await press('handler=begin'); await look('contacts-refused');
  const further = `further-${email}`;
  await page.check('#method-email'); await page.fill('#email', further); await press('handler=begin'); await look('contact-code');
  await page.fill('#code', '000000'); await press('handler=confirm'); await look('contact-code-refused');
  await page.fill('#code', (await newest(further)).code); await press('handler=confirm'); await look('contact-added');
  const link = (await newest(email)).text.match(/https?:\/\/\S+/)?.[0];
  if (!link?.startsWith(`${base}/not-me?token=`)) { faults.push(`${name}: the notice has no link`); return; }
  await page.goto(link); await look('not-me');
  await page.goto(`${base}/not-me?token=nothing`); await look('not-me-gone');
  await go('/reset-password'); await look('reset');
  await page.check('#method-email'); await page.fill('#email', further); await press('handler=start'); await look('reset-code');
  // The message leaves when the contact's cool-down ends: run the gateway with AiCloud:Identifiers:CoolDown=00:00:10 to have these pages looked at too.
  let reset;
  for (let tries = 0; tries < 120 && reset?.purpose !== 'password-reset'; tries++) { reset = await newest(further); await page.waitForTimeout(100); }
  if (reset?.purpose === 'password-reset') {
    await page.fill('#code', reset.code); await press('handler=verify'); await look('reset-second');
    await press('handler=announce'); await look('reset-waiting');
  } else {
    console.log(`${name}: the reset's code waits for the cool-down; two pages were not looked at`);
  }
  await press('handler=again');
}

// The separate consent, then the form: refused at a field, refused by the check, not answered, proven (a test person each).
async function identity(page, { name, go, look }) {
  const act = (handler) => Promise.all([page.waitForNavigation(), page.click(`form[action="/account/identity?handler=${handler}"] button`)]);
  await go('/account/identity'); await look('identity-consent');
  if (await page.isChecked('#consent')) faults.push(`${name}: the box of the identity check is ticked`);
  await act('consent'); await look('identity-consent-refused');
  await page.check('#consent'); await act('consent'); await look('identity-form');
  await page.fill('#name', '王小明'); await page.fill('#number', '110105199005170021'); await act('submit'); await look('identity-number-refused');
  if ((await page.content()).includes('110105199005170021')) faults.push(`${name}: a number that was refused is shown again`);
  for (const [person, title] of [['测试不符', 'identity-not-confirmed'], ['测试通过', 'identity-proven'], ['测试沉默', 'identity-pending']]) {
    await page.fill('#name', person); await page.fill('#number', card()); await act('submit'); await look(title);
    if (title === 'identity-proven') { await go('/account/facts'); await look('facts-proven'); await go('/account/identity'); }
  }
}

// Registering for a type of service, one that is unknown first; then the services, and a fact that staff marked.
async function forService(page, { name, context, go, look, send }) {
  const email = `service-${name.toLowerCase()}-${process.pid}-${Math.floor(performance.now())}@example.com`;
  await go('/register?service=no-such-service'); await look('service-unknown');
  await go('/register?service=model-api'); await look('service-privacy');
  await page.check('#privacy'); await send('privacy&service=model-api'); await look('service-contact');
  await page.check('#method-email'); await page.fill('#email', email); await look('service-contact-email'); await send('start&service=model-api'); await look('service-code');
  const outbox = await (await context.request.get(`${base}/dev/outbox?to=${encodeURIComponent(email)}`, { headers: { accept: 'application/json' } })).json();
  await page.fill('#code', outbox[0].code); await send('verify'); await look('service-details');
  if (await page.locator('#displayName').count()) faults.push(`${name}: a name to show is asked for a service`);
  await page.fill('#password', 'willow lantern 7 harbour');
  for (const [id, value] of [['birthYear', '1990'], ['birthMonth', '5'], ['birthDay', '17']]) await page.fill(`#${id}`, value);
  for (const box of await page.locator('form[action="/register?handler=complete"] input[type=checkbox]').all()) await box.check();
  await send('complete'); await look('services');
  if (!page.url().includes('/account/services')) faults.push(`${name}: registered for a service, at ${page.url()}`);
  await go('/account/fact-marks'); await look('fact-marks');
  if (staff) {
    const session = (await context.cookies()).find((cookie) => cookie.name === 'session').value;
    const account = await (await fetch(`${base}/v1/account`, { headers: { authorization: `Bearer ${session}` } })).json();
    const marked = await fetch(`${base}/v1/staff/accounts/${account.id}/facts/email/marks`, {
      method: 'POST', headers: { authorization: `Bearer ${staff[0]}`, 'content-type': 'application/json' }, body: JSON.stringify({ fault: 'outdated', evidence: 'case 4711', days: 15 }),
    });
    if (marked.status !== 201) faults.push(`${name}: the mark was answered ${marked.status}`);
    await go('/account'); await look('account-marked');
    await go('/account/fact-marks'); await look('fact-marks-marked');
    await page.locator('details:has(form[action*="/account/fact-marks?handler=contest"]) > summary').first().click(); await look('fact-marks-contest-open');
    await Promise.all([page.waitForNavigation(), page.locator('form[action*="/account/fact-marks?handler=contest"] button').first().click()]); await look('fact-marks-contest-refused');
    await page.locator('form[action*="/account/fact-marks?handler=contest"] textarea').first().fill('The mailbox is mine. 邮箱是我的。');
    await Promise.all([page.waitForNavigation(), page.locator('form[action*="/account/fact-marks?handler=contest"] button').first().click()]); await look('fact-marks-contested');
  }
  await context.clearCookies();
}

// A phone number that has an account: who proves it is told so, and may say that it is not theirs.
async function notMine(page, { name, go, look, send, password, context }) {
  const phone = `+86139${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
  for (const first of [true, false]) {
    await context.clearCookies();
    await go('/register'); await page.check('#privacy'); await send('privacy');
    await page.check('#method'); await page.fill('#phone', phone); await send('start');
    const codes = async () => (await (await context.request.get(`${base}/dev/outbox?to=${encodeURIComponent(phone)}`, { headers: { accept: 'application/json' } })).json()).filter((message) => message.code);
    for (let tries = 0; (await codes()).length < (first ? 1 : 2) && tries < 300; tries++) await page.waitForTimeout(250); // the second leaves when the cool-down ends
    await page.fill('#code', (await codes())[0].code); await send('verify');
    if (!first) break;
    await page.fill('#password', password);
    for (const [id, value] of [['birthYear', '1990'], ['birthMonth', '5'], ['birthDay', '17']]) await page.fill(`#${id}`, value);
    for (const box of await page.locator('form[action="/register?handler=complete"] input[type=checkbox]').all()) await box.check();
    await send('complete');
  }
  await look('account-exists');
  await send('notMine'); await look('not-mine-refused');
}

// What is announced, superseded and compared, as far as the gateway has it.
async function publicity(page, { name, go, look }) {
  await go('/help');
  const feed = await page.getAttribute('link[rel=alternate]', 'href');
  const atom = await page.context().request.get(base + feed);
  if (!atom.headers()['content-type'].startsWith('application/atom+xml')) faults.push(`${name}: ${feed} is ${atom.headers()['content-type']}`);
  const notices = await page.$$eval('.amendment', (all) => all.map((each) => ({ sha256: each.dataset.sha256, links: [...each.querySelectorAll('.links a')].map((link) => link.getAttribute('href')) })));
  announced = Math.max(announced, notices.length);
  for (const [i, { sha256, links: [text, difference] }] of notices.entries()) {
    await go('/register');
    if (!(await page.locator(`.amendment[data-sha256="${sha256}"]`).count())) faults.push(`${name}: ${text} is not on the registration page`);
    await go(text); await look(`announced-${i + 1}`);
    if (!(await page.locator(`[data-sha256="${sha256}"]`).count())) faults.push(`${name}: ${text} does not show its digest`);
    await go(difference); await look(`difference-${i + 1}`);
    await page.$$eval('details.unchanged', (all) => { for (const each of all) each.open = true; });
    await look(`difference-${i + 1}-unfolded`);
    for (const file of await page.$$eval('a[download]', (all) => all.map((each) => each.getAttribute('href')))) {
      const reply = await page.context().request.get(base + file);
      if (!reply.headers()['content-disposition']?.startsWith('attachment')) faults.push(`${name}: ${file} is not a file to keep`);
    }
  }
  for (const kind of ['violation-rules', 'registration-agreement']) {
    await go(`/documents/${kind}`);
    const versions = await page.$$eval('#versions + ul > li > a', (all) => all.map((each) => each.getAttribute('href')));
    if (versions.length < 2) continue;
    await go(versions.at(-1)); await look(`superseded-${kind}`);
    await page.selectOption('#from', { index: versions.length - 1 });
    await page.selectOption('#to', { index: 0 });
    await Promise.all([page.waitForNavigation(), page.click('form.compare button')]); await look(`compared-${kind}`);
  }
}

async function weigh() {
  for (const path of ['/', '/register']) {
    const page = await (await browser.newContext({ locale: 'zh-CN', viewport: sizes.phone })).newPage();
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    let bytes = 0, requests = 0;
    client.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; requests++; });
    await page.goto(base + path, { waitUntil: 'networkidle' });
    console.log(`${path}: ${(bytes / 1024).toFixed(1)} KB in ${requests} requests, headers included`);
    if (bytes > 100 * 1024) faults.push(`${path} weighs ${bytes} bytes`);
  }
}
