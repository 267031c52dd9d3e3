-- The roles of Learner Analytics on PostgreSQL 15 or later. As a superuser, before the first start or at any time after:
--   createdb learner_analytics
--   psql --dbname learner_analytics --file deploy/postgresql.sql
--   psql --command '\password learner_analytics'
-- and in the environment LA_DATABASE_URL=postgresql+psycopg://learner_analytics:…@/learner_analytics. Start the
-- application again afterwards: it gives the two other roles what is theirs. `python manage.py check --production` says
-- whether all that has been done. Dump the database as a superuser, for whom the roles are no fence.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'learner_analytics') THEN
        CREATE ROLE learner_analytics LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'la_manager') THEN
        CREATE ROLE la_manager NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'la_equality') THEN
        CREATE ROLE la_equality NOLOGIN;
    END IF;
    EXECUTE format('GRANT CREATE ON DATABASE %I TO learner_analytics', current_database());
END $$;
ALTER SCHEMA public OWNER TO learner_analytics;

-- The application signs in as the first and has the rights of the others only where it steps into them: for a manager's
-- look at published figures, which are all that role may read, and for the characteristics, which that role owns.
REVOKE la_manager, la_equality FROM learner_analytics;
ALTER ROLE learner_analytics NOINHERIT;
GRANT la_manager, la_equality TO learner_analytics;
