/** For cells of CSV: a text that a spreadsheet would take for a formula is told to be a text. */
export function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
}
