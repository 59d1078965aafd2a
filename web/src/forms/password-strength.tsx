import { useEffect, useState } from 'react';
import { rateStrength } from './rate-strength.ts';

const words = ['Guessed at once', 'Guessed soon', 'Could be better', 'Good', 'Very good'] as const;
const colours = ['bg-critical', 'bg-critical', 'bg-warning', 'bg-good', 'bg-good'] as const;

/** How long a guesser would need, while one types. The server's rules are the ones that count. */
export function PasswordStrength({ password }: { password: string }) {
  const [score, setScore] = useState<number | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      void rateStrength(password).then((rated) => {
        if (isCurrent) setScore(rated);
      });
    }, 200);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [password]);
  if (password === '' || score === undefined) return null;
  return (
    <div className="grid gap-1">
      <div aria-hidden="true" className="flex gap-1">
        {words.slice(1).map((word, index) => (
          <span
            key={word}
            className={`h-1 flex-1 rounded ${index < Math.max(score, 1) ? colours[score] : 'bg-line'}`}
          />
        ))}
      </div>
      <p role="status" className="text-[13px] text-muted">
        Strength: {words[score]}
      </p>
    </div>
  );
}
