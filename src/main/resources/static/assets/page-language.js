/* Before anything is drawn: our pages are Chinese, and English for a browser that does not ask for Chinese first. */
if (!navigator.language.startsWith('zh')) {
  document.documentElement.lang = 'en';
}
