import { chinese } from './language.js';

function translateWithin(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    return;
  }
  for (const element of [node, ...node.querySelectorAll('[data-en]')]) {
    if (element.dataset.en) {
      element.textContent = element.dataset.en;
    }
  }
}

/** Our forms are written in Chinese; where another language is shown, the text in `data-en` takes its place. */
export function translateForms() {
  if (chinese) {
    return;
  }
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(translateWithin)))
    .observe(document.body, { childList: true, subtree: true });
}
