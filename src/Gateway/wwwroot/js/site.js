// Everything here only eases what works without it.

// A form is sent once: the second click of a double click is dropped.
for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    form.querySelector('button:not([type=button])')?.setAttribute('aria-busy', 'true');
  });
}
// A page taken back from the browser's memory can be sent again.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    form.querySelector('[aria-busy]')?.removeAttribute('aria-busy');
  }
});

// What went wrong is read out first.
document.querySelector('[data-focus]')?.focus();

// A fault counts until the field is changed; whether it is mended, the server says.
document.addEventListener('input', (event) => {
  const group = event.target.closest('.date-fields') ?? event.target;
  for (const field of [...group.querySelectorAll('[aria-invalid=true]'), event.target]) {
    if (field.getAttribute('aria-invalid') !== 'true') continue;
    field.removeAttribute('aria-invalid');
    document.getElementById(`${field.id}-error`)?.remove();
    document.querySelector(`.error-summary a[href="#${CSS.escape(field.id)}"]`)?.closest('li').remove();
  }
  const summary = document.querySelector('.error-summary');
  if (summary && !summary.querySelector('li')) summary.remove();
});
