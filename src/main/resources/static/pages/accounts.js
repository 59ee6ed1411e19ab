/* Who is in the house; freezes the account of somebody who leaves and hands over what he had claimed. */
import { get, post } from '../assets/components/api.js';
import { ask, show } from '../assets/components/ask.js';
import { badge, h, moment, say, term } from '../assets/components/dom.js';
import { $, attempt, good, tell, warning } from '../assets/components/page.js';
import { person } from '../assets/components/people.js';

let accounts = [];

const path = (account, action) => `api/accounts/${encodeURIComponent(account.userId)}/${action}`;

async function load() {
  accounts = await get('api/accounts');
  $('accounts').replaceChildren(...accounts.map(row));
}

function row(account) {
  const { frozen } = account;
  return h(
    'tr',
    { 'data-user': account.userId },
    h('td', {}, account.userId),
    h('td', {}, account.name),
    h('td', {}, account.groups.join(say('、', ', '))),
    h('td', { class: 'number' }, String(account.openTasks)),
    h('td', {}, frozen
      ? [
          badge(say('已冻结', 'frozen'), 'fault'), ' ',
          say('接手：', 'taken over by '), frozen.successorName,
          h('div', { class: 'hint' }, person(frozen.frozenBy), ` ${moment(frozen.frozenAt)} ${frozen.reason}`)
        ]
      : badge(say('使用中', 'active'), 'good')),
    h('td', {},
      h('button', { type: 'button', class: 'button', onclick: () => attempt(() => record(account)) }, say('记录', 'Record')), ' ',
      h('button', { type: 'button', class: 'button', onclick: () => attempt(() => (frozen ? unfreeze(account) : freeze(account))) },
        frozen ? say('解冻', 'Unfreeze') : say('离职', 'Leaves')))
  );
}

const reason = { name: 'reason', label: say('原因', 'Reason'), lines: 2 };

async function freeze(account) {
  const others = accounts.filter((other) => !other.frozen && other.userId !== account.userId);
  const answer = await ask(
    say(`${account.name}离职`, `${account.name} leaves`),
    {
      name: 'successor',
      label: say('接手人', 'Who takes over'),
      options: others.map(({ userId, name, groups }) => [userId, `${name}（${[userId, ...groups].join('，')}）`]),
      hint: say('他不能办的任务退回队列；发给离职人的邮件改发给他。', 'Tasks that he may not have go back to their queue; mails meant for the leaver go to him.')
    },
    reason
  );
  if (!answer) {
    return;
  }
  const { tasks } = await post(path(account, 'freeze'), answer);
  await load();
  const back = tasks.filter(({ reason }) => reason);
  const handed = tasks.length - back.length;
  tell(
    (back.length > 0 ? warning : good)(
      say(`账号已冻结，移交任务 ${handed} 项。`, `The account is frozen; ${handed} tasks were handed over.`),
      back.length > 0 && say(`${back.length} 项退回队列：`, ` ${back.length} went back to their queue:`),
      back.length > 0 && h('ul', {}, back.map((task) => h('li', {}, `${task.caseNumber} ${task.name}：${task.reason}`)))
    )
  );
}

/** Who set a password, changed departments or froze the account, the latest first. */
async function record(account) {
  const changes = (await get(path(account, 'record'))).reverse();
  await show(
    say(`${account.name}的账号变更记录`, `What was done to the account of ${account.name}`),
    changes.length === 0
      ? h('p', { class: 'hint' }, say('没有变更记录。', 'Nothing was done to it.'))
      : h('div', { class: 'sp-history' }, h('ol', {}, changes.map(({ at, step, stepName, actor, comment, facts }) => h(
          'li',
          {},
          h('time', { datetime: at }, moment(at)),
          h('div', {}, person(actor), ' ', term(stepName, step), facts.group && ` ${facts.group}`, comment && h('p', {}, comment))
        ))))
  );
}

async function unfreeze(account) {
  const answer = await ask(say(`解冻${account.name}的账号`, `Unfreeze the account of ${account.name}`), reason);
  if (answer) {
    await post(path(account, 'unfreeze'), answer);
    await load();
    tell(good(say('账号已解冻。', 'The account can be used again.')));
  }
}

attempt(load);
