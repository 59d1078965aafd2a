import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './explorer.css';
import { GraphiQL } from 'graphiql';
import { Page } from '../../components/page.tsx';
import { defaultOperation } from './default-operation.ts';
import { useFetcher } from './use-fetcher.ts';

/** GraphiQL with everything it needs on board: no part of it comes from another site. */
export function ExplorerPage() {
  const fetcher = useFetcher();
  return (
    <Page title="Explorer" width="wide">
      <div className="h-[calc(100dvh-8.5rem)] min-h-96 overflow-hidden rounded-lg border border-line">
        <GraphiQL
          fetcher={fetcher}
          defaultQuery={defaultOperation}
          defaultEditorToolsVisibility={false}
        >
          <GraphiQL.Logo> </GraphiQL.Logo>
        </GraphiQL>
      </div>
    </Page>
  );
}
