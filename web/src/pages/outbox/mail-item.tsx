import { Icon } from '../../components/icon.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { OutboxQuery } from '../../generated/graphql.ts';

type Mail = NonNullable<OutboxQuery['viewer']>['localMails'][number];

/** A mail's subject; its text unfolds. */
export function MailItem({ mail }: { mail: Mail }) {
  return (
    <details className="group border-t border-line first:border-t-0">
      <summary className="flex list-none items-center gap-3 px-4 py-3 hover:bg-raised">
        <Icon name="chevron" className="size-3.5 -rotate-90 text-muted group-open:rotate-0" />
        <span className="min-w-0 grow">
          <span className="block truncate text-sm font-semibold">{mail.subject}</span>
          <span className="block truncate text-xs text-muted">To {mail.to}</span>
        </span>
        <span className="text-xs text-muted">
          <TimeAgo at={mail.sentAt} />
        </span>
      </summary>
      <p className="border-t border-line bg-raised px-4 py-3 font-mono text-xs leading-5 break-words whitespace-pre-wrap sm:pl-11">
        {mail.text}
      </p>
    </details>
  );
}
