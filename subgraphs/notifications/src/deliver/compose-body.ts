import { escapeHtml } from './escape-html.ts';

export interface MailBody {
  paragraphs: readonly string[];
  link: { label: string; url: string } | null;
}

/** The same words as plain text and as HTML. */
export function composeBody({ paragraphs, link }: MailBody): { text: string; html: string } {
  const text = [...paragraphs, ...(link ? [link.url] : [])].join('\n\n');
  const elements = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`);
  if (link) {
    elements.push(`<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`);
  }
  return {
    text: `${text}\n`,
    html: `<!doctype html>
<html lang="en">
<body style="font-family: sans-serif; line-height: 1.5">
${elements.join('\n')}
</body>
</html>
`,
  };
}
