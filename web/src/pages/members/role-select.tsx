import { type ComponentProps, useId } from 'react';
import { fieldClass } from '../../components/text-field.tsx';
import type { Role } from '../../generated/graphql.ts';

const roles = ['VIEWER', 'EDITOR', 'ADMIN', 'OWNER'] as const satisfies readonly Role[];

interface RoleSelectProps extends ComponentProps<'select'> {
  label: string;
  /** Whether the label is shown, or only said. */
  isLabelShown?: boolean;
}

export function RoleSelect({ label, isLabelShown = false, ...select }: RoleSelectProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className={isLabelShown ? 'text-[13px] font-medium' : 'sr-only'}>
        {label}
      </label>
      <select id={id} className={`${fieldClass} text-base sm:text-sm`} {...select}>
        {roles.map((role) => (
          <option key={role} value={role}>
            {role.charAt(0) + role.slice(1).toLowerCase()}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What a select holds, if it is one of the roles. */
export const toRole = (value: string): Role => roles.find((role) => role === value) ?? 'VIEWER';
