/** The thread in which the language server works. */
import '@benchbook/language-server/entry/node-worker';
