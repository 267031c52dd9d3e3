-- The measure as somebody would write it for this data set alone: no gaps, nobody leaves, policy written in.
WITH days AS (
    SELECT f.student, f.module, d.week, sum(f.expected) AS expected, sum(f.attended) AS attended,
        sum(f.authorised) AS authorised, sum(f.cancelled) AS cancelled, sum(f.unrecorded) AS unrecorded,
        count(*) FILTER (f.views > 0) AS active_days
    FROM facts AS f
    JOIN registered AS r ON r.student = f.student AND r.module = f.module
    JOIN window_days AS d ON d.module = f.module AND d.mode = r.mode AND d.day = f.day
    GROUP BY ALL
), worked AS (
    SELECT k.student, k.module, w.week,
        count(*) FILTER (k.due >= w.first AND (k.due < w.as_of OR k.handed_in <= w.as_of)) AS due,
        count(*) FILTER (k.due >= w.first AND k.handed_in <= w.as_of AND k.late = 0) AS on_time,
        count(*) FILTER (k.due >= w.first AND k.handed_in <= w.as_of AND k.late = 1) AS late,
        count(*) FILTER ((k.due < w.as_of AND (k.handed_in IS NULL OR k.handed_in > w.as_of))
            OR (k.handed_in <= w.as_of AND k.mark IS NOT NULL)) AS marked,
        coalesce(sum(k.mark) FILTER (k.handed_in <= w.as_of), 0) AS mark_points
    FROM work AS k
    JOIN registered AS r ON r.student = k.student AND r.module = k.module
    JOIN windows AS w ON w.module = k.module AND w.mode = r.mode AND k.due <= w.as_of
    GROUP BY ALL
), seen AS (
    SELECT student, module, day - (day + 3) % 7 AS week, max(day) AS seen
    FROM (
        SELECT student, module, day FROM facts WHERE views > 0 OR attended > 0
        UNION ALL SELECT student, module, handed_in FROM work WHERE handed_in IS NOT NULL
    )
    GROUP BY ALL
), counted AS (
    SELECT r.student, r.module, w.mode, w.week, w.usable, w.fallback,
        coalesce(expected, 0) AS expected, coalesce(attended, 0) AS attended,
        coalesce(authorised, 0) AS authorised, coalesce(cancelled, 0) AS cancelled,
        coalesce(unrecorded, 0) AS unrecorded, coalesce(active_days, 0) AS active_days,
        coalesce(due, 0) AS due, coalesce(on_time, 0) AS on_time, coalesce(late, 0) AS late,
        coalesce(marked, 0) AS marked, coalesce(mark_points, 0) AS mark_points,
        max(seen) OVER (PARTITION BY r.student, r.module ORDER BY w.week) AS last_active
    FROM registered AS r
    JOIN windows AS w ON w.module = r.module AND w.mode = r.mode
    LEFT JOIN days AS d ON d.student = r.student AND d.module = r.module AND d.week = w.week
    LEFT JOIN worked AS k ON k.student = r.student AND k.module = r.module AND k.week = w.week
    LEFT JOIN seen AS s ON s.student = r.student AND s.module = r.module AND s.week = w.week
), medians AS (
    SELECT module, mode, week, count(*) AS size, (2 * median(active_days))::BIGINT AS halves
    FROM counted GROUP BY ALL
), parts AS (
    SELECT c.*,
        CASE WHEN c.usable = 0 THEN NULL WHEN size >= 10 AND halves >= 4 THEN halves ELSE fallback END AS usual,
        CASE WHEN expected - cancelled - unrecorded - authorised > 0
            THEN (20000 * attended + expected - cancelled - unrecorded - authorised)
                // (2 * (expected - cancelled - unrecorded - authorised)) END AS attendance,
        CASE WHEN due > 0 THEN (2 * 10000 * (2 * on_time + late)
                + 2 * due * if(due > on_time + late, 2, 1))
            // (2 * 2 * due * if(due > on_time + late, 2, 1)) END AS submissions,
        CASE WHEN marked > 0 THEN (200 * mark_points + marked) // (2 * marked) END AS marks
    FROM counted AS c JOIN medians USING (module, mode, week)
), rated AS (
    SELECT *, least(10000, (2 * 20000 * active_days + usual) // (2 * usual)) AS vle FROM parts
), weighed AS (
    SELECT *, if(attendance IS NULL, 0, 4) + if(vle IS NULL, 0, 3) + if(submissions IS NULL, 0, 2)
            + if(marks IS NULL, 0, 5) AS weight,
        4 * coalesce(attendance, 0) + 3 * coalesce(vle, 0) + 2 * coalesce(submissions, 0)
            + 5 * coalesce(marks, 0) AS points
    FROM rated
)
SELECT student, module, week, attendance, vle, submissions, marks, last_active,
    CASE WHEN weight > 0 THEN (2 * points + weight) // (2 * weight) END AS score
FROM weighed
