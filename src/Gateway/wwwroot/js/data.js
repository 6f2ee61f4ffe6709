// Looks again by itself while something is being made; without this there is a link.
const waiting = document.querySelector('[data-look-again]');
if (waiting) setTimeout(() => location.reload(), Number(waiting.dataset.lookAgain));
