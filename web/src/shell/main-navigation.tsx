import { NavLink, useLocation } from 'react-router';

const destinations = [
  { to: '/', label: 'Dashboards', also: '/dashboards/' },
  { to: '/analytics/metrics', label: 'Metrics' },
  { to: '/alerts', label: 'Alerts' },
  { to: '/sources', label: 'Sources' },
  { to: '/outbox', label: 'Outbox' },
  { to: '/explorer', label: 'Explorer' },
] as const;

/** The places of the application, in a row or, on phones, one below the other. */
export function MainNavigation({ layout }: { layout: 'row' | 'column' }) {
  const { pathname } = useLocation();
  const isRow = layout === 'row';
  return (
    <nav aria-label="Main" className={isRow ? 'flex h-full gap-1' : 'grid'}>
      {destinations.map((destination) => {
        const isAlso = 'also' in destination && pathname.startsWith(destination.also);
        return (
          <NavLink
            key={destination.to}
            to={destination.to}
            end={destination.to === '/'}
            aria-current={isAlso ? 'page' : undefined}
            className={({ isActive }) => linkClass(isRow, isActive || isAlso)}
          >
            {destination.label}
          </NavLink>
        );
      })}
    </nav>
  );
}

function linkClass(isRow: boolean, isCurrent: boolean): string {
  const shape = isRow ? 'px-2.5 border-b-2 text-[13px]' : 'px-4 py-2.5 border-l-2 text-sm';
  const look = isCurrent
    ? 'border-accent font-medium text-ink'
    : 'border-transparent text-muted hover:text-ink';
  return `flex items-center ${shape} ${look}`;
}
