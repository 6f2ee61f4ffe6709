// Shows a password, and how long it is.
for (const button of document.querySelectorAll('[data-show]')) {
  const field = document.getElementById(button.dataset.show);
  if (!field) continue;
  const words = { hidden: button.textContent, shown: button.dataset.hideWords };
  button.hidden = false;
  button.addEventListener('click', () => show(field.type === 'password'));
  // A shown password must not be kept by the browser among plain texts.
  field.form?.addEventListener('submit', () => show(false));

  function show(yes) {
    field.type = yes ? 'text' : 'password';
    button.textContent = yes ? words.shown : words.hidden;
    button.setAttribute('aria-pressed', String(yes));
  }
}

for (const hint of document.querySelectorAll('[data-strength]')) {
  const field = document.getElementById(hint.dataset.strength);
  const [meter, text] = [hint.querySelector('meter'), hint.querySelector('span')];
  field?.addEventListener('input', () => {
    const length = [...field.value.normalize('NFKC')].length;
    hint.hidden = length === 0;
    meter.value = Math.min(length, 16);
    text.textContent = length < 8 ? hint.dataset.short.replace('{0}', 8 - length) : length < 12 ? hint.dataset.fair : hint.dataset.good;
  });
}
