import { h, say } from './dom.js';

let asked = 0;

/**
 * Asks for a few values in a dialog.
 *
 * @param fields each `{ name, label, lines, type, value, options, hint, required }`: `lines` makes it a text of so many
 *   lines, `options` a choice of `[value, text]`; required unless said otherwise
 * @returns the values by name, trimmed; null when it was left
 */
export async function ask(title, ...fields) {
  const inputs = fields.map((field) => control(field, `ask-${asked}-${field.name}`));
  const answer = await open(
    title,
    fields.map((field, i) =>
      h(
        'div',
        { class: field.required === false ? 'field' : 'field required' },
        h('label', { for: inputs[i].id }, field.label),
        inputs[i],
        field.hint && h('p', { class: 'hint' }, field.hint)
      )
    ),
    h('button', { class: 'button', type: 'submit', value: '', formnovalidate: true }, say('返回', 'Back')),
    h('button', { class: 'button button-primary', type: 'submit', value: 'go' }, say('确定', 'OK'))
  );
  return answer === 'go' ? Object.fromEntries(fields.map(({ name }, i) => [name, inputs[i].value.trim()])) : null;
}

/** Shows something in a dialog, until it is closed. */
export const show = (title, ...content) =>
  open(title, content, h('button', { class: 'button', type: 'submit', value: '' }, say('关闭', 'Close')));

async function open(title, content, ...buttons) {
  const id = `ask-${asked++}`;
  const dialog = h(
    'dialog',
    { class: 'sp-dialog', 'aria-labelledby': id },
    h(
      'form',
      { method: 'dialog' },
      h('h2', { id }, title),
      content,
      h('div', { class: 'toolbar' }, h('div', { class: 'actions' }, buttons))
    )
  );
  document.body.append(dialog);
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener('close', closed, { once: true }));
  dialog.remove();
  return dialog.returnValue;
}

function control({ name, lines, type, value, options, required }, id) {
  const properties = { id, name, required: required !== false, maxlength: options ? null : 1000 };
  if (options) {
    return h('select', properties, h('option', { value: '' }, say('请选择', 'Please choose')), options.map(([code, text]) => h('option', { value: code }, text)));
  }
  const input = lines ? h('textarea', { ...properties, rows: lines }) : h('input', { ...properties, type: type ?? 'text', autocomplete: 'off' });
  input.value = value ?? '';
  return input;
}
