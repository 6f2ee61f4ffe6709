// The code's field and the wait for another code.
const code = document.querySelector('.code-input');
if (code) {
  code.focus({ preventScroll: true });
  // A code that the phone fills in or that is pasted goes off by itself; one that is typed waits for its owner, since a slip costs a try.
  code.addEventListener('input', (event) => {
    const whole = code.value.replace(/\D/g, '').length === Number(code.dataset.length);
    if (whole && event.inputType !== 'insertText' && !event.inputType?.startsWith('delete')) code.form.requestSubmit();
  });
}

for (const button of document.querySelectorAll('[data-countdown]')) {
  const words = button.textContent;
  const end = performance.now() + Number(button.dataset.countdown) * 1000;
  button.form.querySelector('[data-no-script]')?.remove();
  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? button.dataset.waiting.replace('{0}', left) : words;
    if (left > 0) setTimeout(tick, 250);
    else if (Number(button.dataset.countdown) > 0) button.form.querySelector('[data-countdown-status]').textContent = button.dataset.ready;
  };
  tick();
}
