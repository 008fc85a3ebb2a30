import type { Mission } from "./mission.ts";

/** A mission for tests. Higher numbers are younger, one second apart. */
export function testMission(number: number, change: Partial<Mission> = {}): Mission {
  const createdAt = new Date(Date.UTC(2026, 0, 1) + number * 1_000).toISOString();
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    title: `Mission ${number}`,
    description: "",
    state: "planned",
    version: 1,
    createdAt,
    updatedAt: createdAt,
    ...change,
  };
}

/** Missions from the youngest to the oldest, both included. */
export function testMissions(youngest: number, oldest: number): readonly Mission[] {
  return Array.from({ length: youngest - oldest + 1 }, (_, index) => testMission(youngest - index));
}
