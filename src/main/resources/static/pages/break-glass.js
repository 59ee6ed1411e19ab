/* Lets somebody verify, once and for a written reason, a document he had a hand in (V1). */
import '../assets/components/shunpi-verification.js';
import { address, get, post } from '../assets/components/api.js';
import { badge, failure, h, moment } from '../assets/components/dom.js';

const $ = (id) => document.getElementById(id);
const sheet = document.querySelector('shunpi-verification');

function tell(...content) {
  $('message').replaceChildren(...content);
  $('message').hidden = content.length === 0;
}

async function attempt(action) {
  tell();
  try {
    await action();
  } catch (error) {
    if (error.status === 401) {
      location.href = address('login?expired');
      return;
    }
    tell(failure(error));
  }
}

async function list() {
  const open = await get('api/verifications/open');
  $('open').replaceChildren(...open.map(row));
  $('empty').hidden = open.length > 0;
}

function row(verification) {
  return h(
    'tr',
    {},
    h('td', {}, verification.verificationNumber),
    h('td', {}, `${verification.documentTypeLabel} ${verification.documentNumber}`),
    h('td', {}, verification.preparedByName),
    h('td', {}, moment(verification.openedAt)),
    h('td', {}, badge(verification.escalated ? '待主管裁定' : '复核中', verification.escalated ? 'warning' : 'plain')),
    h('td', {}, h('button', { class: 'button', type: 'button', onclick: () => attempt(() => choose(verification.verificationNumber)) }, '破例…'))
  );
}

async function choose(number) {
  show(await get(`api/verifications/${encodeURIComponent(number)}`));
  $('case').scrollIntoView({ block: 'start' });
}

function show(verification) {
  sheet.setAttribute('number', verification.verificationNumber);
  const people = verification.excluded ?? [];
  $('userId').replaceChildren(
    h('option', { value: '' }, '请选择'),
    ...people.map(({ userId, name }) => h('option', { value: userId }, `${name}（${userId}）`))
  );
  $('reason').value = '';
  $('override').hidden = people.length === 0;
  $('nobody').hidden = people.length > 0;
  $('case').hidden = false;
}

async function breakGlass() {
  const number = sheet.getAttribute('number');
  const name = $('userId').selectedOptions[0].textContent;
  $('submit').disabled = true;
  try {
    const verification = await post(`api/verifications/${encodeURIComponent(number)}/break-glass`, {
      userId: $('userId').value,
      reason: $('reason').value
    });
    show(verification);
    sheet.show(verification);
    tell(h('div', { class: 'notice notice-good' }, `已准许 ${name} 复核 ${number}，理由已记录，并已通知总经理。`));
  } finally {
    $('submit').disabled = false;
  }
}

$('override').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(breakGlass);
});
$('back').addEventListener('click', () => ($('case').hidden = true));
attempt(list);
