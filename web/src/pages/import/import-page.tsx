import { useQuery } from '@apollo/client/react';
import { Link, useParams } from 'react-router';
import { Page } from '../../components/page.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { formatBytes } from '../imports/format-bytes.ts';
import { ImportStateTag } from '../imports/import-state-tag.tsx';
import { useLiveImports } from '../imports/use-live-imports.ts';
import { NotFoundPage } from '../not-found/not-found-page.tsx';
import { importQuery } from './import-page-documents.ts';
import { ImportProgress } from './import-progress.tsx';
import { MappingSection } from './mapping-section.tsx';

/** One file: how its rows become events before it is started, how it gets on afterwards. */
export function ImportPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(importQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useLiveImports(refetch, id);
  const item = data?.import;
  if (data && !item) return <NotFoundPage />;
  return (
    <Page
      title={item?.fileName ?? 'Import'}
      description={
        item && (
          <>
            {item.format}, {formatBytes(item.bytes)}, for {item.source.name}.{' '}
            <Link to="/sources/imports" className="text-accent hover:underline">
              All imports
            </Link>
          </>
        )
      }
      aside={item && <ImportStateTag state={item.state} />}
    >
      {error && <ErrorState error={error} retry={refetch} />}
      {!item && !error && <LoadingState />}
      {item?.state === 'UPLOADED' && <MappingSection id={id} format={item.format} />}
      {item && item.state !== 'UPLOADED' && <ImportProgress item={item} />}
    </Page>
  );
}
