import { Link } from 'react-router';
import { Icon } from '../components/icon.tsx';
import { Popover } from '../components/popover.tsx';
import { Logo } from './logo.tsx';
import { MainNavigation } from './main-navigation.tsx';
import { NotificationBell } from './notification-bell.tsx';
import { useViewer } from './use-viewer.ts';
import { type Viewer, ViewerMenu } from './viewer-menu.tsx';

const iconButtonClass =
  'inline-flex size-9 items-center justify-center rounded-md text-muted hover:bg-raised hover:text-ink';

export function Header() {
  const viewer = useViewer();
  return (
    <header className="sticky top-0 z-10 border-b border-line bg-surface">
      <div className="mx-auto flex h-12 max-w-[1600px] items-center gap-3 px-3 sm:px-5">
        <Link to="/" aria-label="Tributary, home" className="flex min-w-0 items-center gap-2.5">
          <Logo />
          <span className="truncate text-sm font-semibold">{viewer?.workspace.name}</span>
        </Link>
        <div className="ml-3 hidden h-full md:block">
          <MainNavigation layout="row" />
        </div>
        <div className="ml-auto flex items-center gap-1">
          <NotificationBell />
          <WideViewerMenu viewer={viewer} />
          <PhoneMenu viewer={viewer} />
        </div>
      </div>
    </header>
  );
}

function WideViewerMenu({ viewer }: { viewer: Viewer }) {
  return (
    <div className="hidden md:block">
      <Popover
        label={`Account of ${viewer?.name ?? 'the signed-in person'}`}
        button={
          <>
            <span className="max-w-40 truncate">{viewer?.name}</span>
            <Icon name="chevron" className="size-3" />
          </>
        }
        buttonClass="flex h-9 items-center gap-1.5 rounded-md px-2 text-[13px] hover:bg-raised"
        panelClass="top-11 right-3 w-64"
      >
        <ViewerMenu viewer={viewer} />
      </Popover>
    </div>
  );
}

function PhoneMenu({ viewer }: { viewer: Viewer }) {
  return (
    <div className="md:hidden">
      <Popover
        label="Menu"
        button={<Icon name="menu" className="size-5" />}
        buttonClass={iconButtonClass}
        panelClass="top-11 right-2 w-64 py-1"
      >
        <MainNavigation layout="column" />
        <div className="my-1 border-t border-line" />
        <ViewerMenu viewer={viewer} />
      </Popover>
    </div>
  );
}
