import { ButtonLink } from '../../components/button-link.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <EmptyState
        title="There is nothing at this address"
        action={
          <ButtonLink to="/" look="primary">
            Go to the dashboards
          </ButtonLink>
        }
      >
        The link may be old or mistyped.
      </EmptyState>
    </Page>
  );
}
