/** Calls of our API with the web session. The address of the application follows from where this file lies. */
const root = new URL('../../', import.meta.url);

/** A refusal of the server: its Chinese text, and one entry `{field, message}` per fault. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `请求失败（${status}）`);
    this.status = status;
    this.faults = problem.faults ?? [];
  }
}

export function address(path) {
  return new URL(path.replace(/^\//, ''), root).href;
}

export const get = (path) => call('GET', path);
export const post = (path, body) => call('POST', path, body);
export const put = (path, body) => call('PUT', path, body);

async function call(method, path, body) {
  const headers = { Accept: 'application/json' };
  // of a form with a file the browser itself says where its parts end
  const form = body instanceof FormData;
  if (method !== 'GET') {
    headers['X-CSRF-TOKEN'] = csrfToken();
  }
  if (method !== 'GET' && !form) {
    headers['Content-Type'] = 'application/json';
  }
  const response = await fetch(address(path), {
    method,
    headers,
    credentials: 'same-origin',
    body: form || body === undefined ? body : JSON.stringify(body)
  }).catch(() => {
    throw new Refusal(0, { detail: '连不上服务器，请检查网络后重试。' });
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Refusal(response.status, response.status === 401 ? { detail: '登录已过期，请重新登录。' } : problem);
  }
  return response.status === 204 ? null : response.json();
}

function csrfToken() {
  const cookie = document.cookie.split('; ').find((pair) => pair.startsWith('SHUNPI-CSRF='));
  return cookie ? decodeURIComponent(cookie.slice('SHUNPI-CSRF='.length)) : '';
}

const asked = new Map();

/** As `get`, but parts of a page that ask for the same thing at the same moment share one call. */
export function share(path) {
  if (!asked.has(path)) {
    asked.set(path, get(path).finally(() => asked.delete(path)));
  }
  return asked.get(path);
}
