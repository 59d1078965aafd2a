import { Page } from '../../components/page.tsx';
import { Section } from '../../components/panel.tsx';
import { SessionList } from './session-list.tsx';

export function AccountPage() {
  return (
    <Page title="Account" description="What concerns you, in every workspace.">
      <Section title="Where you are signed in">
        <SessionList />
      </Section>
    </Page>
  );
}
