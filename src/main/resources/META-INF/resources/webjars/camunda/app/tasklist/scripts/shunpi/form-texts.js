import { chinese } from './language.js';

// form-js, which draws the *.form files, has no translations. These are the texts of its version 1.8.
const texts = [
  [/^Select$/, '请选择'],
  [/^Search$/, '搜索'],
  [/^No results$/, '没有结果'],
  [/^Nothing to show\.$/, '没有数据'],
  [/^Field is required\.$/, '此项必填。'],
  [/^Field must match pattern (.*)\.$/, '格式不正确，应符合 $1。'],
  [/^Field must have minimum value of (.*)\.$/, '不能小于 $1。'],
  [/^Field must have maximum value of (.*)\.$/, '不能大于 $1。'],
  [/^Field must have minimum length of (.*)\.$/, '至少 $1 个字。'],
  [/^Field must have maximum length of (.*)\.$/, '最多 $1 个字。'],
  [/^Field must be a valid\s+international phone number.*$/, '请填写有效的国际电话号码，例如 +8651268001234。'],
  [/^Field must be a valid email\.$/, '请填写有效的邮箱地址。'],
  [/^Value is not a number\.$/, '请填写数字。']
];

function translate(node) {
  const text = node.data.trim();
  const match = texts.find(([pattern]) => pattern.test(text));
  if (match) {
    node.data = text.replace(...match);
  }
}

function translateWithin(node) {
  if (!node.parentElement?.closest('.fjs-container, .fjs-form') && !node.querySelector?.('.fjs-container')) {
    return;
  }
  if (node.nodeType === Node.TEXT_NODE) {
    translate(node);
    return;
  }
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    translate(walker.currentNode);
  }
}

/** Replaces form-js' own English texts, now and as they appear; form texts written by us are left alone. */
export function translateFormTexts() {
  if (!chinese) {
    return;
  }
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'characterData') {
        translateWithin(change.target);
      } else {
        change.addedNodes.forEach(translateWithin);
      }
    }
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}
