import { chinese } from './language.js';

import { excluded } from './excluded.js';

const money = new Intl.NumberFormat(chinese ? 'zh-CN' : 'en', { style: 'currency', currency: 'CNY' });
const primitive = new Set(['String', 'Boolean', 'Short', 'Integer', 'Long', 'Double', 'Date', 'Null']);

function element(tag, className, text) {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}

function readable(variable) {
  if (typeof variable.value === 'boolean') {
    return chinese ? (variable.value ? '是' : '否') : variable.value ? 'yes' : 'no';
  }
  if (variable.type === 'Date') {
    return variable.value.slice(0, 16).replace('T', ' ');
  }
  return String(variable.value);
}

/**
 * The queue variables on a task's card the way a person reads them: number and amount, customer, a badge for an
 * urgent case, then whatever else the filter lists. Where a variable is a file or an object, the shipped card with
 * its download links stays.
 */
export const queueCard = {
  id: 'shunpi-queue-card',
  pluginPoint: 'tasklist.card',
  // above the shipped card's 200
  priority: 300,

  render(container, { taskId }, scope) {
    const listed = scope.filterProperties?.variables ?? [];
    const values = new Map((scope.task?._embedded?.variable ?? []).map((variable) => [variable.name, variable]));
    const shown = listed.filter(({ name }) => values.has(name) && values.get(name).value !== null);
    if (shown.length === 0 || shown.some(({ name }) => !primitive.has(values.get(name).type))) {
      return;
    }

    container.className = 'shunpi-card';
    container.dataset.taskId = taskId;
    excluded(taskId).then((is) => {
      if (is) {
        container.append(element('span', 'shunpi-card-excluded', chinese ? '您办理过，须由他人复核' : 'you had a hand in it: for somebody else'));
      }
    });
    for (const { name, label } of shown) {
      const variable = values.get(name);
      if (name === 'urgent') {
        if (variable.value === true) {
          container.append(element('span', 'shunpi-card-urgent', chinese ? '加急' : 'urgent'));
        }
      } else if (name === 'amount' && Number.isFinite(Number(variable.value))) {
        container.append(element('span', 'shunpi-card-amount', money.format(variable.value)));
      } else if (name === 'documentNumber' || name === 'customerName') {
        container.append(element('span', `shunpi-card-${name}`, variable.value));
      } else {
        const line = element('span', 'shunpi-card-other', readable(variable));
        line.prepend(element('span', 'shunpi-card-label', label));
        container.append(line);
      }
    }
  }
};
