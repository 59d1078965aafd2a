import { Link } from 'react-router';
import { buttonClass } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <EmptyState
        title="There is nothing at this address"
        action={
          <Link to="/" className={buttonClass('primary')}>
            Go to the dashboards
          </Link>
        }
      >
        The link may be old or mistyped.
      </EmptyState>
    </Page>
  );
}
