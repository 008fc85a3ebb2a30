import { useId, type ReactNode } from "react";
import { countCharacters } from "../missions/mission-rules.ts";

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | null;
  readonly lengthMax: number;
  readonly isRequired?: boolean;
  readonly rows?: number;
  readonly hasFirstFocus?: boolean;
};

/** The share of the length from which on the remaining room is shown. */
const counterFromRatio = 0.8;

/** A labelled text input, of several lines where `rows` is given, with its error beside it. */
export function TextField(props: Props): ReactNode {
  const {
    label,
    value,
    onChange,
    error,
    lengthMax,
    isRequired = false,
    rows,
    hasFirstFocus = false,
  } = props;
  const id = useId();
  const length = countCharacters(value);
  const control = {
    id,
    value,
    className: "field-control",
    autoFocus: hasFirstFocus,
    "aria-required": isRequired,
    "aria-invalid": error !== null,
    "aria-describedby": `${id}-error`,
    onChange: (event: { readonly target: { readonly value: string } }): void =>
      onChange(event.target.value),
  };
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>
          {label}
          {!isRequired && <span className="field-optional"> (optional)</span>}
        </label>
        {length >= lengthMax * counterFromRatio && (
          <span className="field-counter">
            {length} of {lengthMax}
          </span>
        )}
      </div>
      {rows === undefined ? (
        <input type="text" autoComplete="off" {...control} />
      ) : (
        <textarea rows={rows} {...control} />
      )}
      <p id={`${id}-error`} className="field-error" role={error === null ? undefined : "alert"}>
        {error}
      </p>
    </div>
  );
}
