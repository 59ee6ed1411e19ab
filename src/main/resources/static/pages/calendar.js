/* Shows a year of the working calendar, and says when a year that will be needed soon is missing. */
import { address, get } from '../assets/components/api.js';
import { badge, h, say } from '../assets/components/dom.js';
import { $, attempt, tell, warning } from '../assets/components/page.js';

// a date without a time is read as midnight in UTC
const weekday = new Intl.DateTimeFormat(say('zh-CN', 'en'), { weekday: 'long', timeZone: 'UTC' });
const thisYear = new Date().getFullYear();

async function show() {
  const year = Number($('year').value);
  const [calendar, next] = await Promise.all([get(`api/calendar/${year}`), get(`api/calendar/${thisYear + 1}`)]);
  $('notice').textContent = calendar.notice ?? say('尚未公布', 'Not published yet');
  $('sheet').href = address(`api/calendar/${year}/sheet.xlsx`);
  $('days').replaceChildren(...calendar.days.map(row));
  $('empty').hidden = calendar.days.length > 0;
  if (next.notice === null) {
    tell(
      warning(
        say(
          `${thisYear + 1} 年的放假安排还没有录入，在那之前按周一至周五上班计算。`,
          `The holidays of ${thisYear + 1} are not entered yet; until then its working days are Monday to Friday.`
        )
      )
    );
  }
}

function row({ date, working, note }) {
  return h(
    'tr',
    {},
    h('td', {}, date),
    h('td', {}, weekday.format(new Date(date))),
    h('td', {}, working ? badge(say('上班', 'work'), 'accent') : badge(say('放假', 'free'), 'good')),
    h('td', {}, note)
  );
}

for (let year = thisYear - 1; year <= thisYear + 1; year++) {
  $('year').append(h('option', { value: year, selected: year === thisYear }, say(`${year} 年`, String(year))));
}
$('year').addEventListener('change', () => attempt(show));
attempt(show);
