/* Sends a table, shows how far its import is, and lists what became of every row. */
import { address, get, post } from '../assets/components/api.js';
import { h, say } from '../assets/components/dom.js';
import { $, attempt } from '../assets/components/page.js';

const POLL_MILLISECONDS = 700;
const MOST_ROWS = 500;

const statuses = {
  accepted: [say('已导入', 'imported'), 'badge badge-good'],
  updated: [say('已更新', 'updated'), 'badge badge-accent'],
  duplicate: [say('重复', 'known'), 'badge'],
  rejected: [say('有错误', 'faulty'), 'badge badge-fault']
};

const kinds = new Map();
let lines = [];

/* choosing */

async function loadKinds() {
  for (const kind of await get('api/imports/kinds')) {
    kinds.set(kind.kind, kind);
  }
  $('kind').replaceChildren(...[...kinds.values()].map((kind) => h('option', { value: kind.kind }, say(kind.label, kind.kind))));
  const wanted = new URLSearchParams(location.search).get('kind');
  if (kinds.has(wanted)) {
    $('kind').value = wanted;
  }
  $('upload').hidden = kinds.size === 0;
  $('nothing').hidden = kinds.size > 0;
  showKind();
}

function showKind() {
  const kind = kinds.get($('kind').value);
  if (kind) {
    $('template').href = address(`api/imports/${kind.kind}/template.xlsx`);
    $('required').textContent = kind.columns.filter((column) => column.required).map((column) => say(column.label, column.name)).join(say('、', ', '));
  }
}

function showFile() {
  $('chosen').textContent = $('file').files[0]?.name ?? say('选择文件，或把文件拖到这里', 'Choose a file, or drop it here');
}

async function start() {
  const file = $('file').files[0];
  if (!file) {
    throw new Error(say('请先选择文件。', 'Choose a file first.'));
  }
  const form = new FormData();
  form.append('file', file);
  $('start').disabled = true;
  try {
    const { id } = await post(`api/imports/${$('kind').value}`, form);
    $('file').value = '';
    showFile();
    // the page may be loaded again while the import runs
    if (location.hash === `#${id}`) {
      await follow(id);
    } else {
      location.hash = id;
    }
  } finally {
    $('start').disabled = false;
  }
}

/* progress */

const isOver = (job) => !['queued', 'running'].includes(job.state);

async function follow(id) {
  $('result').hidden = true;
  let job = await get(`api/imports/${encodeURIComponent(id)}`);
  showJob(job);
  while (!isOver(job)) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
    if (location.hash !== `#${id}`) {
      return;
    }
    job = await get(`api/imports/${encodeURIComponent(id)}`);
    showJob(job);
  }
  if (job.state === 'interrupted') {
    return;
  }
  const { rows } = await get(`api/imports/${encodeURIComponent(id)}/result`);
  showResult(job, rows);
}

function showJob(job) {
  const label = say(kinds.get(job.kind)?.label ?? job.kind, job.kind);
  $('job').hidden = false;
  $('job-title').textContent = `${label}${say('：', ': ')}${job.fileName}`;
  for (const count of ['accepted', 'duplicates', 'rejected']) {
    $(count).textContent = job[count];
  }
  const bar = $('bar');
  bar.max = Math.max(job.total, 1);
  if (isOver(job)) {
    bar.value = bar.max;
  } else if (job.total > 0) {
    bar.value = job.done;
  } else {
    bar.removeAttribute('value');
  }
  const texts = {
    queued: say('排队中…', 'Queued…'),
    running: job.total > 0
      ? say(`正在导入：${job.done} / ${job.total}`, `Importing: ${job.done} / ${job.total}`)
      : say('正在读取文件…', 'Reading the file…'),
    done: job.rejected > 0
      ? say('导入完成，有错误的行没有导入，请更正后重新上传。', 'Done; faulty rows were not imported: correct them and send the file again.')
      : say('导入完成。', 'Done.'),
    failed: job.message,
    interrupted: job.message
  };
  $('state').textContent = texts[job.state] ?? job.state;
  $('state').className = ['failed', 'interrupted'].includes(job.state) ? 'fault' : '';
}

/* result */

function showResult(job, rows) {
  const labels = new Map((kinds.get(job.kind)?.columns ?? []).map((column) => [column.name, say(column.label, column.name)]));
  const label = (field) => labels.get(field) ?? field ?? '';
  lines = rows.flatMap((row) => {
    const faults = row.errors.length > 0 ? row.errors : [{}];
    return faults.map((fault) => ({
      row: fault.row ?? row.row ?? '',
      key: [row.key, row.number].filter(Boolean).join(' → '),
      status: row.status,
      column: label(fault.field),
      message: fault.message ?? ''
    }));
  });
  const columns = [...new Set(lines.map((line) => line.column).filter(Boolean))];
  $('column').replaceChildren(h('option', { value: '' }, say('全部', 'All')), ...columns.map((c) => h('option', { value: c }, c)));
  $('status').value = lines.some((line) => line.status === 'rejected') ? 'rejected' : '';
  $('words').value = '';
  // a file whose header cannot be read has no rows to mark
  $('report').hidden = job.state !== 'done' || job.rejected === 0;
  $('report').href = address(`api/imports/${encodeURIComponent(job.id)}/result.xlsx`);
  $('result').hidden = lines.length === 0;
  showLines();
}

function showLines() {
  const status = $('status').value;
  const column = $('column').value;
  const words = $('words').value.trim().toLowerCase();
  const found = lines.filter((line) =>
    (!status || line.status === status)
    && (!column || line.column === column)
    && (!words || `${line.row} ${line.key} ${line.message}`.toLowerCase().includes(words)));
  $('rows').replaceChildren(...found.slice(0, MOST_ROWS).map(tableRow));
  $('count').textContent = found.length > MOST_ROWS
    ? say(
        `共 ${found.length} 条，显示前 ${MOST_ROWS} 条。请缩小范围，或下载表格查看全部。`,
        `${found.length}, the first ${MOST_ROWS} shown: narrow the search, or download the table.`
      )
    : say(`共 ${found.length} 条`, String(found.length));
  $('empty').hidden = found.length > 0;
}

function tableRow(line) {
  const [text, style] = statuses[line.status] ?? [line.status, 'badge'];
  return h(
    'tr', {},
    h('td', { class: 'number' }, String(line.row)),
    h('td', {}, line.key),
    h('td', {}, h('span', { class: style }, text)),
    h('td', {}, line.column),
    h('td', {}, line.message)
  );
}

/* wiring */

$('kind').addEventListener('change', showKind);
$('file').addEventListener('change', showFile);
$('upload').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(start);
});
for (const control of ['status', 'column', 'words']) {
  $(control).addEventListener('input', showLines);
}

const drop = $('drop');
for (const type of ['dragenter', 'dragover']) {
  drop.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.add('is-over');
  });
}
for (const type of ['dragleave', 'drop']) {
  drop.addEventListener(type, () => drop.classList.remove('is-over'));
}
drop.addEventListener('drop', (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length > 0) {
    $('file').files = event.dataTransfer.files;
    showFile();
  }
});

function followHash() {
  const id = location.hash.slice(1);
  if (id) {
    attempt(() => follow(id));
  }
}
addEventListener('hashchange', followHash);
attempt(async () => {
  await loadKinds();
  followHash();
});
