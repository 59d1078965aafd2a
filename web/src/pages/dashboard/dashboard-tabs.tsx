import { useQuery } from '@apollo/client/react';
import { Link, NavLink } from 'react-router';
import { dashboardsQuery } from '../../dashboards/dashboards-query.ts';
import { useMay } from '../../shell/use-may.ts';

const tab = 'rounded-md px-2.5 py-1 text-[13px] whitespace-nowrap';
const otherTab = 'text-muted hover:bg-surface hover:text-ink';

/** The workspace's dashboards, when there are several or one could be added. */
export function DashboardTabs() {
  const { data } = useQuery(dashboardsQuery, {
    // Dashboards come and go on other pages.
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const mayCreate = useMay('write:analytics');
  const dashboards = data?.workspace?.dashboards.edges ?? [];
  if (dashboards.length < 2 && !mayCreate) return null;
  return (
    <nav aria-label="Dashboards" className="-mx-1 mb-3 flex gap-1 overflow-x-auto px-1 py-0.5">
      {dashboards.map(({ node }) => (
        <NavLink
          key={node.id}
          to={`/dashboards/${node.id}`}
          className={({ isActive }) =>
            `${tab} ${isActive ? 'bg-accent-soft font-medium text-accent' : otherTab}`
          }
        >
          {node.name}
        </NavLink>
      ))}
      {mayCreate && (
        <Link to="/dashboards/new" className={`${tab} ${otherTab}`}>
          New dashboard
        </Link>
      )}
    </nav>
  );
}
