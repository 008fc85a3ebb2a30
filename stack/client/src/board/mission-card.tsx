import type { ReactNode } from "react";
import type { Mission } from "../missions/mission.ts";
import { Link } from "../routing/link.tsx";
import { Age } from "../ui/age.tsx";
import { StateBadge } from "../ui/state-badge.tsx";

type Props = { readonly mission: Mission; readonly nowMs: number; readonly isNew: boolean };

export function MissionCard({ mission, nowMs, isNew }: Props): ReactNode {
  const isChanged = mission.updatedAt !== mission.createdAt;
  return (
    <li className={isNew ? "mission-card mission-card-new" : "mission-card"}>
      <div className="mission-card-head">
        <StateBadge state={mission.state} />
        <span className="mission-card-age">
          {isChanged ? "changed " : "created "}
          <Age time={mission.updatedAt} nowMs={nowMs} />
        </span>
      </div>
      <h2 className="mission-card-title">
        <Link to={{ page: "mission", id: mission.id }}>{mission.title}</Link>
      </h2>
      {mission.description !== "" && <p className="mission-card-text">{mission.description}</p>}
    </li>
  );
}
