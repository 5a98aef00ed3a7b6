"""Starts the AWS emulator (ministack) with a clock like EventBridge Scheduler's, events from our SES simulator, and
tables that can be restored to a point in time.

As it comes, the emulator looks at schedules every ten seconds, reads them all as UTC, and hands on
`<aws.scheduler.scheduled-time>` as it stands. The tests set schedules seconds ahead, in a newsletter's own zone. Its
PutEvents refuses sources that begin with `aws.`, as AWS does to everyone but its own services, whose part our
simulator plays. Its RestoreTableToPointInTime copies what the table holds now, whatever the time. All this reaches into the emulator's inside: its version is pinned in setup.ts.
"""

import copy
import re
import time
import uuid
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from ministack.app import main
from ministack.core.responses import get_account_id, get_region, set_request_account_id, set_request_region
from ministack.services import dynamodb, eventbridge, scheduler

# What fired last, by schedule: the nominal time, so that none is skipped and none fires twice.
fired = {}


def due(schedule, last, now):
    """The nominal time at which `schedule` should have fired after `last` and up to `now`, or None."""
    expression = schedule.get("ScheduleExpression", "")
    zone = ZoneInfo(schedule.get("ScheduleExpressionTimezone") or "UTC")
    changed = float(schedule.get("LastModificationDate") or now)
    once = re.fullmatch(r"\s*at\((.+)\)\s*", expression)
    if once:
        at = datetime.fromisoformat(once.group(1).strip()).replace(tzinfo=zone).timestamp()
        return at if last is None and at <= now else None
    seconds = eventbridge._parse_rate_seconds(expression)
    if seconds is not None:
        at = (changed if last is None else last) + seconds
        return at if at <= now else None
    fields = eventbridge._parse_cron_fields(expression)
    if fields is None:
        return None
    # The emulator walks a cron in UTC; lent the zone's wall clock, it walks that.
    wall = datetime.fromtimestamp(changed if last is None else last, zone).replace(tzinfo=timezone.utc)
    at = eventbridge._cron_next_fire(fields, wall)
    at = at and at.replace(tzinfo=zone).timestamp()
    return at if at and at <= now else None


def fire(schedule, at):
    moment = datetime.fromtimestamp(at, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    target = copy.deepcopy(schedule.get("Target") or {})
    known = {
        "scheduled-time": moment,
        "schedule-arn": schedule.get("Arn", ""),
        "execution-id": str(uuid.uuid4()),
        "attempt-number": "1",
    }
    if "Input" in target:
        target["Input"] = re.sub(
            r"<aws\.scheduler\.([a-z-]+)>", lambda match: known.get(match.group(1), match.group(0)), target["Input"]
        )
    event = {
        "EventId": str(uuid.uuid4()),
        "Source": "aws.scheduler",
        "DetailType": "Scheduled Event",
        "Detail": "{}",
        "Time": at,
        "Resources": [schedule.get("Arn", "")],
        "Account": get_account_id(),
        "Region": get_region(),
    }
    eventbridge._invoke_target(target, event, schedule)


def tick():
    now = time.time()
    before = get_account_id(), get_region()
    try:
        for key, schedule in list(scheduler._schedules._data.items()):
            if schedule.get("State") != "ENABLED":
                continue
            which = (key, schedule.get("LastModificationDate"))
            try:
                at = due(schedule, fired.get(which), now)
                if at is None:
                    continue
                fired[which] = at
                set_request_account_id(key[0])
                set_request_region(key[1])
                fire(schedule, at)
            except Exception:  # one broken schedule stops no other
                scheduler.logger.exception("schedule %s", key)
    finally:
        set_request_account_id(before[0])
        set_request_region(before[1])


# Every change of an item: when, in which table, and the item before and after it.
changes = []
emit = dynamodb._emit_stream_event


def remember(table, event, old, new, *rest, **more):
    changes.append((time.time(), table, copy.deepcopy(old), copy.deepcopy(new)))
    emit(table, event, old, new, *rest, **more)


copy_table = dynamodb._restore_table_to_point_in_time


def restore(data):
    """Copies the table, and takes back in the copy what was changed after the given time."""
    answer = copy_table(data)
    since = data.get("RestoreDateTime")
    if answer[0] == 200 and since is not None:
        table = dynamodb._tables[data["TargetTableName"]]
        for at, name, old, new in reversed(changes):
            if at <= float(since):
                break
            if name != data["SourceTableName"]:
                continue
            pk, sk, _ = dynamodb._resolve_table_key_values(table, old or new, allow_extra=True)
            if old is None:
                dynamodb._remove_item(table, pk, sk)
            else:
                dynamodb._set_item(table, pk, sk, old)
    return answer


dynamodb._emit_stream_event = remember
dynamodb._restore_table_to_point_in_time = restore

put_events = eventbridge._put_events
eventbridge._put_events = lambda data, allow_aws_source=False: put_events(data, allow_aws_source=True)
scheduler._tick_schedules = tick
scheduler._SCHEDULE_TICK_INTERVAL = 1

if __name__ == "__main__":
    main()
