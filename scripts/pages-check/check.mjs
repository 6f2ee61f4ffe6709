// Walks the pages of a running gateway with development delivery in a real browser: both languages, desktop and phone, with and without
// JavaScript; holds each page against WCAG 2.2 AA (axe), listens for CSP reports, outside requests and console errors, weighs the first screen.
//   node check.mjs [http://127.0.0.1:5080]      SHOTS=folder keeps screenshots, CHROMIUM=path names the browser
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const base = process.argv[2] ?? 'http://127.0.0.1:5080';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.SHOTS;
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const faults = [];
let pages = 0, announced = 0;
if (shots) mkdirSync(shots, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  for (const locale of ['zh-CN', 'en'])
    for (const [size, viewport] of Object.entries(sizes))
      await walk({ name: `${locale}-${size}`, locale, viewport, phone: size === 'phone' });
  await walk({ name: 'zh-CN-phone-plain', locale: 'zh-CN', viewport: sizes.phone, phone: true, javaScriptEnabled: false });
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
  page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(`${name} ${page.url()} console: ${message.text()}`); });
  page.on('request', (request) => { if (!request.url().startsWith(base) && !request.url().startsWith('data:')) faults.push(`${name} outside request ${request.url()}`); });

  const look = async (title) => {
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
  await page.waitForSelector('a[download]'); await look('account-data-ready');
  const [copy] = await Promise.all([page.waitForEvent('download'), page.click('a[download]')]);
  if (!copy.suggestedFilename().endsWith('.zip')) faults.push(`${name}: the copy is called ${copy.suggestedFilename()}`);
  await go('/account');
  await page.fill('#newPassword', 'x'); await Promise.all([page.waitForNavigation(), page.click('form[action="/account?handler=password"] button:not([type=button])')]); await look('account-refused');
  await Promise.all([page.waitForNavigation(), page.click('.page-head button')]); await look('signed-out');
  await go('/sign-in'); await look('sign-in');
  await page.fill('#identifier', email); await page.fill('#password', 'wrong password'); await Promise.all([page.waitForNavigation(), page.click('form[action="/sign-in"] button:not([type=button])')]); await look('sign-in-refused');
  await page.fill('#password', password); await Promise.all([page.waitForNavigation(), page.click('form[action="/sign-in"] button:not([type=button])')]);
  if (!page.url().endsWith('/account')) faults.push(`${name}: not signed in, at ${page.url()}`);

  // The same contact again: the right code tells, and nothing before it.
  await go('/register'); await page.check('#privacy'); await send('privacy');
  await page.check('#method-email'); await page.fill('#email', email); await send('start');
  await go('/dev/outbox'); await look('outbox');
  await context.close();
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
