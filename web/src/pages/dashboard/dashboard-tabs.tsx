import { useQuery } from '@apollo/client/react';
import { NavLink } from 'react-router';
import { dashboardsQuery } from '../../dashboards/dashboards-query.ts';

/** The workspace's dashboards, when there are several. */
export function DashboardTabs() {
  const { data } = useQuery(dashboardsQuery);
  const dashboards = data?.workspace?.dashboards.edges ?? [];
  if (dashboards.length < 2) return null;
  return (
    <nav aria-label="Dashboards" className="-mx-1 mb-3 flex gap-1 overflow-x-auto px-1 py-0.5">
      {dashboards.map(({ node }) => (
        <NavLink
          key={node.id}
          to={`/dashboards/${node.id}`}
          className={({ isActive }) =>
            `rounded-md px-2.5 py-1 text-[13px] whitespace-nowrap ${isActive ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:bg-surface hover:text-ink'}`
          }
        >
          {node.name}
        </NavLink>
      ))}
    </nav>
  );
}
