"""The command line: `python manage.py --help`. Assembled here, written in `commands/`."""

from commands import program

if __name__ == "__main__":
    program.main()
