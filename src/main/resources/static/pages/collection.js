/* The page of whoever calls: whom to call first, everything about him, and the contact in seconds (C4, F9, F10). */
import { address, get, post } from '../assets/components/api.js';
import { ask } from '../assets/components/ask.js';
import { amount, badge, facts, grade, h, say, term, terms, yuan } from '../assets/components/dom.js';
import { $, attempt, good, tell } from '../assets/components/page.js';
import { aging, contactOf, invoices, standing, timeline } from '../assets/components/shunpi-collection.js';

const query = new URLSearchParams(location.search);
const code = query.get('customer');
const asked = query.get('view');
const view = code ? 'customer' : ['simulation', 'reconciliation'].includes(asked) ? asked : 'work';

const customerPage = (customer) => address(`pages/collection.html?customer=${encodeURIComponent(customer)}`);

// ---- the worklist

function row(entry) {
  return h(
    'tr', { 'data-case': entry.caseNumber },
    h('td', {}, h('a', { href: customerPage(entry.customerCode) }, entry.customerName), ' ', h('span', { class: 'hint' }, entry.customerCode), ' ',
      entry.hold && badge(say('停发赊销', 'credit stopped'), 'fault'), entry.brokenPromises > 0 && [' ', badge(say(`失信 ${entry.brokenPromises} 次`, `${entry.brokenPromises} broken`), 'fault')]),
    h('td', { class: 'short' }, entry.stageLabel ?? ''),
    h('td', { class: 'number' }, amount(entry.open)),
    h('td', { class: 'number' }, entry.daysOverdue > 0 ? say(`${entry.daysOverdue} 天`, `${entry.daysOverdue} days`) : say('今天到期', 'due today')),
    h('td', { class: 'short' }, entry.promisedOn ? say(`${entry.promisedOn} 付 ${amount(entry.promised)}`, `${amount(entry.promised)} on ${entry.promisedOn}`) : ''),
    h('td', {}, entry.step === 'none' ? h('span', { class: 'hint' }, say('等候', 'waits')) : term(entry.stepLabel, entry.step)),
    h('td', {}, entry.lastContact ?? h('span', { class: 'hint' }, say('还没有', 'none'))),
    h('td', {}, entry.salesRepName ?? '')
  );
}

async function work() {
  const rep = query.get('rep') ?? '';
  const list = await get(`api/collection/worklist?rep=${encodeURIComponent(rep)}`);
  $('rep').append(...list.reps.map((pool) => h('option', { value: pool.rep }, `${pool.name}（${pool.cases}）`)));
  $('rep').value = rep;
  $('rep').addEventListener('change', () => { location.search = $('rep').value ? `?rep=${encodeURIComponent($('rep').value)}` : ''; });
  $('cases').replaceChildren(...list.cases.map(row));
  $('empty').hidden = list.cases.length > 0;
  $('count').textContent = list.cases.length ? say(`${list.cases.length} 个案件`, `${list.cases.length}`) : '';
}

// ---- one customer

function head(file) {
  const known = file.openCase;
  return h(
    'section', { class: 'card sp-block' },
    h('h2', {}, file.customerName, ' ', badge(grade(file.grade), 'accent'), ' ', h('span', { class: 'hint' }, file.customerCode), ' ', standing(file)),
    facts(
      [say('联系人', 'Contact'), h('span', { class: 'sp-strong' }, contactOf(file)), 'wide'],
      [say('地址', 'Address'), file.address, 'wide'],
      [say('业务员', 'Sales rep'), file.salesRepName],
      [say('付款方式', 'Terms'), terms(file.paymentTerms)],
      known && [say('案件', 'Case'), say(
        `${known.caseNumber} · ${known.statusLabel}${known.step === 'none' ? '' : ` · 现由${known.stepLabel}跟进`}`,
        `${known.caseNumber} · ${term(known.statusLabel, known.status)}${known.step === 'none' ? '' : ` · with ${term(known.stepLabel, known.step)}`}`
      )],
      known?.restsUntil && [say('承诺付款日', 'Promised for'), say(`${known.restsUntil}（到期前不再催）`, `${known.restsUntil} (rests until then)`)],
      Number(file.credit) > 0 && [say('未冲抵的收款', 'Unallocated receipts'), yuan(file.credit)],
      file.writeOff && [say('核销申请', 'Write-off'), `${file.writeOff.invoiceNumber} ${file.writeOff.stateLabel}`]
    ),
    aging(file)
  );
}

/** What can be done with one invoice: it asks for the reason, nothing else. */
function tools(file) {
  const button = (label, question, field, send) => h('button', {
    class: 'button', type: 'button',
    onclick: () => attempt(async () => {
      const answer = await ask(question, { name: field, label: say('说明', 'Reason'), lines: 3 });
      if (answer) {
        await send(answer);
        await customer();
      }
    })
  }, label);
  return (invoice) => [
    !invoice.objection && button(say('有争议', 'Disputed'), say(`发票 ${invoice.invoiceNumber} 有什么争议？`, `What is disputed about ${invoice.invoiceNumber}?`),
      'reason', (answer) => post('api/collection/disputes', { invoiceNumber: invoice.invoiceNumber, ...answer })),
    invoice.disputed && button(say('争议已解决', 'Settled'), say(`发票 ${invoice.invoiceNumber} 的争议怎样解决的？`, `How was the dispute about ${invoice.invoiceNumber} settled?`),
      'settlement', (answer) => post(`api/collection/disputes/${encodeURIComponent(invoice.invoiceNumber)}/settle`, answer)),
    ' ',
    invoice.inCase && !file.writeOff && button(say('提出核销', 'Propose write-off'), say(`为什么要核销发票 ${invoice.invoiceNumber}？`, `Why is ${invoice.invoiceNumber} to be written off?`),
      'reason', (answer) => post(`api/collection/cases/${file.openCase.caseNumber}/write-offs`, { invoiceNumber: invoice.invoiceNumber, ...answer }))
  ];
}

const promiseTones = { open: 'accent', kept: 'good', broken: 'fault', replaced: 'plain' };

function block(title, ...content) {
  return h('section', { class: 'card sp-block' }, h('h2', {}, title), content);
}

const nothing = (text) => h('p', { class: 'hint' }, text);

function detail(file) {
  return [
    block(say('未付发票', 'Unpaid invoices'), file.invoices.length ? invoices(file.invoices, tools(file)) : nothing(say('没有未付的发票。', 'Nothing is unpaid.'))),
    file.promises.length > 0 && block(say('付款承诺', 'Promises'), h('ul', {}, file.promises.map((promise) => h('li', {},
      say(`${promise.madeOn} 承诺 ${promise.promisedOn} 付 ${amount(promise.amount)} 元 `, `${promise.madeOn}: ${amount(promise.amount)} by ${promise.promisedOn} `), badge(term(promise.stateLabel, promise.state), promiseTones[promise.state]))))),
    block(say('往来记录', 'Timeline'), timeline(file.timeline) || nothing(say('还没有往来记录。', 'Nothing yet.'))),
    h('div', { id: 'orders' }),
    h('div', { id: 'returns' })
  ].filter(Boolean);
}

/** Orders and returns come from their own modules; who may not read them, or has none, sees a line that says so. */
async function others(file) {
  const open = ['in-review', 'returned', 'held', 'released', 'shipped'];
  const name = encodeURIComponent(file.customerName);
  const [orders, returns] = await Promise.all([
    get(`api/orders?q=${name}&max=50`).catch(() => null),
    get(`api/returns?customer=${encodeURIComponent(file.customerCode)}`).catch(() => null)
  ]);
  const list = (orders?.orders ?? []).filter((order) => open.includes(order.status));
  $('orders').replaceChildren(block(say('未完成的订单', 'Open orders'), list.length === 0 ? nothing(say('没有未完成的订单。', 'None.')) : h('ul', {}, list.map((order) => h('li', {},
    h('a', { href: address(`pages/orders.html?number=${encodeURIComponent(order.orderNumber)}`) }, order.orderNumber), ' ',
    badge(term(order.statusLabel, order.status)), ' ', order.amount ? yuan(order.amount) : '', ' ', (order.holds ?? []).join(say('、', ', ')))))));
  $('returns').replaceChildren(block(say('退换货', 'Returns'), !returns?.length ? nothing(say('没有退换货。', 'None.')) : h('ul', {}, returns.map((entry) => h('li', {},
    h('a', { href: address(`pages/returns.html?number=${encodeURIComponent(entry.returnNumber)}`) }, entry.returnNumber), ' ', badge(term(entry.statusLabel, entry.status)))))));
}

async function customer() {
  const file = await get(`api/collection/customers/${encodeURIComponent(code)}`);
  document.title = `${file.customerName} · ${say('催款 · 顺批', 'Collection · Shunpi')}`;
  $('file').replaceChildren(head(file));
  $('detail').replaceChildren(...detail(file));
  $('person').value ||= file.contact ?? '';
  await others(file);
}

async function contact() {
  await post(`api/collection/customers/${encodeURIComponent(code)}/contacts`, Object.fromEntries(
    ['person', 'means', 'contactedOn', 'said', 'promisedOn', 'promisedAmount'].map((field) => [field, $(field).value])));
  for (const field of ['contactedOn', 'said', 'promisedOn', 'promisedAmount']) {
    $(field).value = '';
  }
  await customer();
  tell(good(say('已登记。', 'Recorded.')));
}

// ---- simulation

function table(head, rows) {
  return h('div', { class: 'table-scroll' }, h('table', {},
    h('thead', {}, h('tr', {}, head.map(([label, kind]) => h('th', { class: kind }, label)))),
    h('tbody', {}, rows)));
}

const of = (list) => list.map((invoice) => h('div', {}, `${invoice.invoiceNumber} · ${invoice.label} · ${amount(invoice.amount)}`));

async function simulate() {
  const result = await get(`api/collection/simulation?date=${encodeURIComponent($('date').value)}`);
  $('outcome').replaceChildren(...[
    !result.workingDay && h('p', { class: 'notice notice-accent' }, say(`${result.date} 不是工作日，不会催款。`, `${result.date} is no working day: nothing goes out.`)),
    result.workingDay && h('p', {}, say(
      `${result.date}：涉及 ${result.customers} 个客户，${result.mails.length} 封邮件，${result.tasks.length} 项任务，金额 ${amount(result.amount)} 元。`,
      `${result.date}: ${result.customers} customers, ${result.mails.length} mails, ${result.tasks.length} tasks, CNY ${amount(result.amount)}.`
    )),
    result.mails.length > 0 && block(say('会发出的邮件', 'Mails that would go out'), table(
      [[say('收件人', 'To')], [say('主题', 'Subject')], [say('客户', 'Customer')], [say('金额（元）', 'Amount (CNY)'), 'number'], [say('发票', 'Invoices')]],
      result.mails.map((mail) => h('tr', {}, h('td', {}, mail.to || badge(say('没有邮箱', 'no address'), 'fault')), h('td', {}, mail.subject),
        h('td', {}, h('a', { href: customerPage(mail.customerCode) }, mail.customerName)), h('td', { class: 'number' }, amount(mail.amount)), h('td', {}, of(mail.invoices)))))),
    result.tasks.length > 0 && block(say('会产生的任务', 'Tasks that would come'), table(
      [[say('由谁办', 'For')], [say('客户', 'Customer')], [say('金额（元）', 'Amount (CNY)'), 'number'], [say('发票', 'Invoices')]],
      result.tasks.map((task) => h('tr', {}, h('td', {}, task.queueName),
        h('td', {}, h('a', { href: customerPage(task.customerCode) }, task.customerName)), h('td', { class: 'number' }, amount(task.amount)), h('td', {}, of(task.invoices)))))),
    result.holds.length > 0 && block(say('会停发赊销订单的客户', 'Customers whose credit orders would be held'), h('p', {}, result.holds.map((hold) => hold.customerName).join(say('、', ', ')))),
    result.broken.length > 0 && block(say('会记为失信的承诺', 'Promises that would count as broken'), h('ul', {}, result.broken.map((entry) => h('li', {}, say(`${entry.customerName}：${entry.promisedOn} 应付 ${amount(entry.amount)} 元`, `${entry.customerName}: ${amount(entry.amount)} by ${entry.promisedOn}`)))))
  ].filter(Boolean));
}

// ---- reconciliation

function statement(row) {
  const answer = row.confirmedOn
    ? [Number(row.confirmedBalance) === Number(row.balance) ? badge(say('相符', 'agrees'), 'good') : badge(say(`不符：客户记 ${amount(row.confirmedBalance)}`, `differs: ${amount(row.confirmedBalance)}`), 'fault'), ' ', row.note ?? '']
    : h('button', {
      class: 'button', type: 'button',
      onclick: () => attempt(async () => {
        const answer = await ask(
          say(`${row.customerName} 的答复`, `The answer of ${row.customerName}`),
          { name: 'balance', label: say('客户确认的余额（元）', 'Balance they confirm (CNY)'), value: row.balance },
          { name: 'note', label: say('差异说明', 'Why it differs'), lines: 2, required: false }
        );
        if (answer) {
          await post(`api/collection/reconciliations/${encodeURIComponent(row.customerCode)}/${row.asOf}`, answer);
          await reconciliation();
        }
      })
    }, say('登记答复', 'Record the answer'));
  return h('tr', {}, h('td', {}, row.asOf), h('td', {}, h('a', { href: customerPage(row.customerCode) }, row.customerName)),
    h('td', { class: 'number' }, amount(row.balance)), h('td', {}, row.sentOn), h('td', {}, answer));
}

async function reconciliation() {
  const rows = await get('api/collection/reconciliations');
  $('statements').replaceChildren(...rows.map(statement));
  $('no-statements').hidden = rows.length > 0;
}

// ---- which of them

$(view).hidden = false;
const tab = $(`tab-${view}`);
tab?.setAttribute('aria-current', 'page');
tab?.classList.add('button-primary');
$('contact').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(contact);
});
$('simulate').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(simulate);
});
// today's run is usually done: tomorrow's is what one wants to know
$('date').value = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + 86_400_000);
attempt({ work, customer, simulation: simulate, reconciliation }[view]);
