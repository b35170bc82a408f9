/** The style of the element, within its shadow. */
export const style = `
:host {
  display: flex;
  flex-direction: column;
  box-sizing: border-box;
  min-width: 0;
  height: 480px;
  overflow: hidden;
  border-radius: 6px;
  background: #0d1117;
  color: #93a1b0;
  font: 12px ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
:host([hidden]) { display: none; }
:host([data-theme="light"]) { background: #ffffff; color: #566270; }
canvas { display: block; flex: 1 1 0; width: 100%; min-height: 0; outline: none; }
canvas:focus-visible { outline: 2px solid #58a6ff; outline-offset: -2px; }
.bar {
  display: flex;
  flex: none;
  gap: 4px;
  padding: 5px 8px 7px;
  overflow-x: auto;
  scrollbar-width: none;
}
.bar::-webkit-scrollbar { display: none; }
button {
  flex: none;
  min-width: 34px;
  height: 30px;
  padding: 0 9px;
  border: 1px solid transparent;
  border-radius: 5px;
  background: rgba(139, 158, 178, 0.13);
  color: inherit;
  font: inherit;
  font-weight: 600;
  white-space: nowrap;
  cursor: pointer;
  touch-action: manipulation;
}
button:hover { background: rgba(139, 158, 178, 0.26); }
button:focus-visible { outline: 2px solid #58a6ff; }
button[aria-pressed="true"] { color: #58c7f3; background: rgba(88, 199, 243, 0.16); border-color: rgba(88, 199, 243, 0.45); }
:host([data-theme="light"]) button[aria-pressed="true"] {
  color: #0a5cc2;
  background: rgba(10, 92, 194, 0.10);
  border-color: rgba(10, 92, 194, 0.4);
}
.gap { flex: 1 1 8px; }
`;
