import { useState, type FormEvent, type ReactNode } from "react";
import { failureOf } from "../http/failure-of.ts";
import type { RequestFailure } from "../http/request-failure.ts";
import { useSubmissionKeys } from "../http/use-submission-keys.ts";
import { checkMessage, messageLengthMax } from "../missions/mission-rules.ts";
import { useServices } from "../services.ts";
import { SubmitButton } from "../ui/submit-button.tsx";
import { TextField } from "../ui/text-field.tsx";
import { UndecidedNotice } from "../ui/undecided-notice.tsx";
import { useInvalidFocus } from "../ui/use-invalid-focus.ts";

type Props = { readonly missionId: string; readonly onAppended: () => void };

export function AppendEventForm({ missionId, onAppended }: Props): ReactNode {
  const { api, announcer } = useServices();
  const keys = useSubmissionKeys();
  const [message, setMessage] = useState("");
  const [attempts, setAttempts] = useState(0);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<RequestFailure | null>(null);
  const formRef = useInvalidFocus(attempts);
  const problem = checkMessage(message);

  const append = async (text: string): Promise<void> => {
    setIsBusy(true);
    setFailure(null);
    try {
      await api.appendEvent(missionId, text, keys.keyFor({ missionId, text }));
      keys.settle();
      setMessage("");
      setAttempts(0);
      announcer.announce("The event was added.");
      onAppended();
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setIsBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isBusy) return;
    setAttempts(attempts + 1);
    if (problem === null) void append(message.trim());
  };

  return (
    <form className="form" ref={formRef} noValidate onSubmit={submit}>
      <TextField
        label="New event"
        value={message}
        onChange={setMessage}
        error={attempts > 0 ? problem : null}
        lengthMax={messageLengthMax}
        isRequired
        rows={2}
      />
      {failure && <UndecidedNotice failure={failure} what="event" />}
      <div className="form-buttons">
        <SubmitButton label="Add event" busyLabel="Adding…" isBusy={isBusy} />
      </div>
    </form>
  );
}
