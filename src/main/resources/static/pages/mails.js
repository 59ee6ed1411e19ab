/* The outbox as a list with its texts. What comes from the server goes into the page as text, never as markup. */
import { get, post } from '../assets/components/api.js';
import { h, moment, say } from '../assets/components/dom.js';
import { $, attempt, good, tell } from '../assets/components/page.js';

const PAGE = 50;

const states = {
  queued: [say('待发送', 'queued'), 'badge badge-accent'],
  sent: [say('已发送', 'sent'), 'badge badge-good'],
  kept: [say('仅供查看', 'kept'), 'badge'],
  failed: [say('发送失败', 'failed'), 'badge badge-fault']
};

const filter = $('filter');
let first = 0;
let shown = null;

const badge = (code) => {
  const [text, style] = states[code] ?? [code, 'badge'];
  return h('span', { class: style }, text);
};
const recipient = (mail) => mail.recipient || say('（无地址）', '(no address)');

async function list() {
  const query = new URLSearchParams(new FormData(filter));
  query.set('first', first);
  query.set('max', PAGE);
  const { count, mails } = await get(`api/mails?${query}`);
  $('mails').replaceChildren(...mails.map(row));
  $('count').textContent = say(`共 ${count} 封`, String(count));
  $('empty').hidden = mails.length > 0;
  $('previous').disabled = first === 0;
  $('next').disabled = first + mails.length >= count;
}

function row(mail) {
  return h(
    'tr', {},
    h('td', {}, moment(mail.createdAt)),
    h('td', {}, mail.caseNumber),
    h('td', {}, recipient(mail)),
    h('td', {}, h('a', { href: `#${mail.id}` }, mail.subject)),
    h('td', {}, badge(mail.status))
  );
}

async function open(id) {
  const mail = await get(`api/mails/${encodeURIComponent(id)}`);
  shown = mail.id;
  $('subject').textContent = mail.subject;
  $('body').textContent = mail.body;
  const facts = [
    [say('收件人', 'Recipient'), recipient(mail)],
    [say('单号', 'Number'), mail.caseNumber],
    [say('状态', 'State'), badge(mail.status)],
    [say('写入时间', 'Written'), moment(mail.createdAt)],
    [say('发送时间', 'Sent'), moment(mail.sentAt)],
    [say('下次尝试', 'Next try'), moment(mail.nextAttemptAt)],
    [say('已尝试', 'Tries'), mail.attempts ? say(`${mail.attempts} 次`, mail.attempts) : ''],
    [say('原因', 'Error'), mail.error]
  ].filter(([, value]) => value);
  $('facts').replaceChildren(...facts.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))));
  $('resend').hidden = mail.status !== 'failed';
  $('mail').hidden = false;
  $('mail').focus();
}

function showHash() {
  const id = location.hash.slice(1);
  if (id) {
    attempt(() => open(id));
  } else {
    $('mail').hidden = true;
  }
}

filter.addEventListener('submit', (event) => {
  event.preventDefault();
  first = 0;
  attempt(list);
});
$('previous').addEventListener('click', () => {
  first = Math.max(0, first - PAGE);
  attempt(list);
});
$('next').addEventListener('click', () => {
  first += PAGE;
  attempt(list);
});
$('close').addEventListener('click', () => {
  location.hash = '';
});
$('resend').addEventListener('click', () => attempt(async () => {
  await post(`api/mails/${shown}/resend`);
  await list();
  await open(shown);
  tell(good(say('已重新排队，稍后发送。', 'Queued again.')));
}));
addEventListener('hashchange', showHash);

filter.elements.case.value = new URLSearchParams(location.search).get('case') ?? '';
attempt(list);
showHash();
