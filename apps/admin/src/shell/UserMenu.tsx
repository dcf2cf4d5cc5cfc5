import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMessage2Bolt,
  IconMoon,
  IconRowInsertBottom,
  IconSun,
  IconUserEdit,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useViewer } from '../session/use-session.ts';
import { useSignOut } from '../session/use-sign-out.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { usePreferences } from '../ui/preferences.ts';

const ICON = { size: 16, 'aria-hidden': true } as const;

/** "UTC+01:00": where the reader's clock stands now. */
function zoneName(): string {
  const parts = new Intl.DateTimeFormat('en', { timeZoneName: 'longOffset' }).formatToParts(new Date());
  return parts.find((part) => part.type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? 'UTC';
}

/** Who is signed in, with personal choices and sign out. */
export function UserMenu() {
  const viewer = useViewer();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { isCompact, hasSingleKeys, setCompact, setSingleKeys } = usePreferences();
  const theme = (value: 'light' | 'dark' | 'auto', label: string, icon: React.ReactNode) => (
    <Menu.Item
      leftSection={icon}
      onClick={() => setColorScheme(value)}
      rightSection={colorScheme === value ? '✓' : undefined}
    >
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="top-start" width={232} withinPortal={false}>
      <Menu.Target>
        <button type="button" className="rail-user">
          <Avatar name={viewer.name} size={28} tone="self" />
          <span className="rail-user__words">
            <strong>{viewer.name}</strong>
            <span className="second">
              {viewer.role === 'ADMIN' ? 'Administrator' : 'Assistant'} · {zoneName()}
            </span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/profile" leftSection={<IconUserEdit {...ICON} />}>
          Profile
        </Menu.Item>
        <Menu.Item component={Link} to="/saved-replies" leftSection={<IconMessage2Bolt {...ICON} />}>
          Saved replies
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        {theme('light', 'Light', <IconSun {...ICON} />)}
        {theme('dark', 'Dark', <IconMoon {...ICON} />)}
        {theme('auto', 'As the system', <IconDeviceDesktop {...ICON} />)}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconRowInsertBottom {...ICON} />}
          onClick={() => setCompact(!isCompact)}
          rightSection={isCompact ? '✓' : undefined}
        >
          Compact rows
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard {...ICON} />}
          onClick={() => setSingleKeys(!hasSingleKeys)}
          rightSection={hasSingleKeys ? '✓' : undefined}
        >
          Single-key shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...ICON} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
