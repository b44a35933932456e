import { say } from './say.js';

export function start() {
  const prepare = () => {
    if (!navigator.share) document.querySelectorAll('[data-share]').forEach((button) => { button.hidden = true; });
  };
  prepare();
  document.addEventListener('piece', prepare);
  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-copy], [data-share], [data-print], [data-open]');
    if (!button) return;
    if (button.dataset.copy) copy(button);
    else if (button.dataset.share) navigator.share({ url: button.dataset.share, text: button.dataset.shareText }).catch(() => {});
    else if (button.dataset.open) open(event, button);
    else print();
  });
}

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  const words = (source.value ?? source.textContent).trim();
  try {
    await navigator.clipboard.writeText(words);
    tell(button, button.dataset.saidCopied);
  } catch {
    // Without leave for the clipboard the words are at least marked, ready for the person's own copy key.
    getSelection().selectAllChildren(source);
    source.select?.();
    tell(button, button.dataset.saidSelected);
  }
}

function tell(button, words) {
  const beside = button.parentElement.querySelector(':scope > [data-status]');
  if (beside) beside.textContent = words ?? '';
  else say(words);
}

function open(event, button) {
  const dialog = document.getElementById(button.dataset.open);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
}
