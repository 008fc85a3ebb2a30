import { useState, type FormEvent, type ReactNode } from "react";
import {
  checkContent,
  descriptionLengthMax,
  titleLengthMax,
  trimContent,
} from "../missions/mission-rules.ts";
import type { MissionContent } from "../missions/missions-api.ts";
import { SubmitButton } from "./submit-button.tsx";
import { TextField } from "./text-field.tsx";
import { useInvalidFocus } from "./use-invalid-focus.ts";

type Props = {
  readonly initial: MissionContent;
  readonly submitLabel: string;
  readonly busyLabel: string;
  readonly onSubmit: (content: MissionContent) => Promise<void>;
  readonly onCancel: () => void;
  /** Whether the form takes the focus as soon as it appears. */
  readonly hasFirstFocus?: boolean;
  /** Notices about the last attempt, shown above the buttons. */
  readonly children?: ReactNode;
};

/** Title and description of a mission; submits only what satisfies the rules, once at a time. */
export function ContentForm(props: Props): ReactNode {
  const {
    initial,
    submitLabel,
    busyLabel,
    onSubmit,
    onCancel,
    hasFirstFocus = false,
    children,
  } = props;
  const [content, setContent] = useState(initial);
  const [attempts, setAttempts] = useState(0);
  const [isBusy, setIsBusy] = useState(false);
  const formRef = useInvalidFocus(attempts);
  const errors = checkContent(content);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setAttempts(attempts + 1);
    if (errors.title !== null || errors.description !== null) return;
    setIsBusy(true);
    await onSubmit(trimContent(content)).finally(() => setIsBusy(false));
  };

  return (
    <form className="form" ref={formRef} noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label="Title"
        value={content.title}
        onChange={(title) => setContent({ ...content, title })}
        error={attempts > 0 ? errors.title : null}
        lengthMax={titleLengthMax}
        isRequired
        hasFirstFocus={hasFirstFocus}
      />
      <TextField
        label="Description"
        value={content.description}
        onChange={(description) => setContent({ ...content, description })}
        error={attempts > 0 ? errors.description : null}
        lengthMax={descriptionLengthMax}
        rows={5}
      />
      {children}
      <div className="form-buttons">
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        <SubmitButton label={submitLabel} busyLabel={busyLabel} isBusy={isBusy} />
      </div>
    </form>
  );
}
