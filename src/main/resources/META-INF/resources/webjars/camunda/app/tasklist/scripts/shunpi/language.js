/** Whether Tasklist shows Chinese; ../config.js has settled it by the time plug-ins load. */
export const chinese = document.documentElement.lang.startsWith('zh');
