/* Lets somebody verify, once and for a written reason, a document he had a hand in (V1). */
import '../assets/components/shunpi-verification.js';
import { get, post } from '../assets/components/api.js';
import { badge, h, moment, say, term } from '../assets/components/dom.js';
import { $, attempt, good, tell } from '../assets/components/page.js';

const sheet = document.querySelector('shunpi-verification');

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
    h('td', {}, `${term(verification.documentTypeLabel, verification.documentType)} ${verification.documentNumber}`),
    h('td', {}, verification.preparedByName),
    h('td', {}, moment(verification.openedAt)),
    h('td', {}, badge(verification.escalated ? say('待主管裁定', 'with the supervisor') : say('复核中', 'being verified'), verification.escalated ? 'warning' : 'plain')),
    h('td', {}, h('button', { class: 'button', type: 'button', onclick: () => attempt(() => choose(verification.verificationNumber)) }, say('破例…', 'Grant…')))
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
    h('option', { value: '' }, say('请选择', 'Please choose')),
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
    tell(
      good(
        say(
          `已准许 ${name} 复核 ${number}，理由已记录，并已通知总经理。`,
          `${name} may verify ${number} now; the reason is recorded and the general manager told.`
        )
      )
    );
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
