/** Colours that VS Code gives a webview under its own default themes, as far as our pages ask for them. */
const light = {
  'editor-background': '#ffffff',
  foreground: '#3b3b3b',
  descriptionForeground: '#3b3b3b',
  'textLink-foreground': '#005fb8',
  'textLink-activeForeground': '#005fb8',
  focusBorder: '#005fb8',
  'panel-border': '#e5e5e5',
  'badge-background': '#cccccc',
  'badge-foreground': '#3b3b3b',
  errorForeground: '#f85149',
  'editorWarning-foreground': '#bf8803',
  'charts-green': '#388a34',
  'charts-red': '#e51400',
  'charts-yellow': '#bf8803',
  'charts-purple': '#652d90',
  'charts-blue': '#1a85ff',
};

const dark = {
  'editor-background': '#1f1f1f',
  foreground: '#cccccc',
  descriptionForeground: '#9d9d9d',
  'textLink-foreground': '#4daafc',
  'textLink-activeForeground': '#4daafc',
  focusBorder: '#0078d4',
  'panel-border': '#2b2b2b',
  'badge-background': '#616161',
  'badge-foreground': '#f8f8f8',
  errorForeground: '#f85149',
  'editorWarning-foreground': '#cca700',
  'charts-green': '#89d185',
  'charts-red': '#f14c4c',
  'charts-yellow': '#cca700',
  'charts-purple': '#b180d7',
  'charts-blue': '#3794ff',
};

const highContrast = {
  ...dark,
  'editor-background': '#000000',
  foreground: '#ffffff',
  descriptionForeground: '#ffffffb3',
  'textLink-foreground': '#21a6ff',
  'textLink-activeForeground': '#21a6ff',
  focusBorder: '#f38518',
  contrastBorder: '#6fc3df',
  'panel-border': '#6fc3df',
  'badge-background': '#000000',
  'badge-foreground': '#ffffff',
  errorForeground: '#f48771',
};

const highContrastLight = {
  ...light,
  foreground: '#292929',
  descriptionForeground: '#292929b3',
  'textLink-foreground': '#0f4a85',
  'textLink-activeForeground': '#0f4a85',
  focusBorder: '#006bbd',
  contrastBorder: '#0f4a85',
  'panel-border': '#0f4a85',
  'badge-background': '#0f4a85',
  'badge-foreground': '#ffffff',
  errorForeground: '#b5200d',
  'charts-green': '#374e06',
  'charts-yellow': '#895503',
};

/** By the class that a webview's body has. */
export const themes = {
  'vscode-light': light,
  'vscode-dark': dark,
  'vscode-high-contrast': highContrast,
  'vscode-high-contrast-light': highContrastLight,
} as const;

/** The rule by which the editor hands a theme on. */
export function themeRule(theme: keyof typeof themes): string {
  const variables = Object.entries(themes[theme]).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `:root { ${variables.join(' ')} --vscode-font-family: system-ui, "Liberation Sans", sans-serif; --vscode-font-size: 13px; --vscode-editor-font-family: "DejaVu Sans Mono", monospace; }`;
}
