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
  const number = asked++;
  const inputs = fields.map((field) => control(field, `ask-${number}-${field.name}`));
  const dialog = h(
    'dialog',
    { class: 'sp-dialog', 'aria-labelledby': `ask-${number}` },
    h(
      'form',
      { method: 'dialog' },
      h('h2', { id: `ask-${number}` }, title),
      fields.map((field, i) =>
        h(
          'div',
          { class: field.required === false ? 'field' : 'field required' },
          h('label', { for: inputs[i].id }, field.label),
          inputs[i],
          field.hint && h('p', { class: 'hint' }, field.hint)
        )
      ),
      h(
        'div',
        { class: 'toolbar' },
        h(
          'div',
          { class: 'actions' },
          h('button', { class: 'button', type: 'submit', value: '', formnovalidate: true }, say('返回', 'Back')),
          h('button', { class: 'button button-primary', type: 'submit', value: 'go' }, say('确定', 'OK'))
        )
      )
    )
  );
  document.body.append(dialog);
  dialog.showModal();
  await new Promise((closed) => dialog.addEventListener('close', closed, { once: true }));
  dialog.remove();
  return dialog.returnValue === 'go' ? Object.fromEntries(fields.map(({ name }, i) => [name, inputs[i].value.trim()])) : null;
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
