/* global define */
// What Cockpit writes in English, or in its own date format, whatever the locale says. An AMD module, because only
// requireJsConfig in ../config.js reaches the application before it starts.
define(['angular'], function (angular) {
  const texts = {
    Actions: ['thead .actions', '操作'],
    null: ['.null-value', '空'],
    // dmn-js, which draws the decision tables
    'Hit policy:': ['.hit-policy', '命中策略：'],
    Unique: ['.hit-policy', '唯一'],
    First: ['.hit-policy', '首个'],
    Priority: ['.hit-policy', '优先'],
    Any: ['.hit-policy', '任意'],
    Collect: ['.hit-policy', '汇总'],
    'Collect (Sum)': ['.hit-policy', '汇总（求和）'],
    'Collect (Min)': ['.hit-policy', '汇总（最小）'],
    'Collect (Max)': ['.hit-policy', '汇总（最大）'],
    'Collect (Count)': ['.hit-policy', '汇总（计数）'],
    'Rule order': ['.hit-policy', '按规则顺序'],
    'Output order': ['.hit-policy', '按输出顺序'],
    When: ['.clause', '当'],
    And: ['.clause', '且'],
    Then: ['.clause', '则'],
    Annotations: ['th', '备注'],
    'View DRD': ['.view-drd', '查看决策需求图']
  };

  function translate(node) {
    const [place, translation] = texts[node.data.trim()] || [];
    if (place && node.parentElement && node.parentElement.closest(place)) {
      node.data = translation;
    }
  }

  function translateWithin(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      translate(node);
      return;
    }
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      translate(walker.currentNode);
    }
  }

  new MutationObserver(function (changes) {
    for (const change of changes) {
      if (change.type === 'characterData') {
        translate(change.target);
      } else {
        change.addedNodes.forEach(translateWithin);
      }
    }
  }).observe(document.documentElement, { childList: true, characterData: true, subtree: true });

  return angular.module('shunpi.chinese', []).config([
    'camDateFormatProvider',
    function (dateFormats) {
      dateFormats.setDateFormat('YYYY-MM-DD HH:mm:ss');
    }
  ]);
});
