import { Link, type LinkProps } from 'react-router';
import { type ButtonProps, buttonClass } from './button.tsx';

interface ButtonLinkProps extends LinkProps {
  look?: ButtonProps['look'];
}

/** A link to another page that looks like a button. */
export function ButtonLink({ look = 'secondary', className = '', ...link }: ButtonLinkProps) {
  return <Link className={`${buttonClass(look)} ${className}`} {...link} />;
}
