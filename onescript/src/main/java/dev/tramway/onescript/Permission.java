package dev.tramway.onescript;

/** What a built-in may touch besides the values it is given. */
public enum Permission {
    /** Nothing: always allowed. */
    PURE,
    /** The console: output of messages, input of lines. */
    CONSOLE,
    /** Contents and attributes of files and directories. The subject is an absolute path without symbolic links. */
    READ_FILES,
    /** Writing, creating, moving and deleting files and directories. The subject is an absolute path without symbolic links. */
    WRITE_FILES,
    /** Starting, finding and ending other programs. The subject is a command line. */
    PROCESSES,
    /** Environment variables, names of user and machine, folders, disks. The subject is a name. */
    SYSTEM,
    /** Connections to other hosts. The subject is {@code host:port}. */
    CONNECT,
    /** Listening sockets. The subject is a port. */
    LISTEN,
    /** Compiling text of the running script: Выполнить, Вычислить, ЗагрузитьСценарийИзСтроки. */
    EVALUATE,
    /** Loading other script files and libraries. The subject is an absolute path without symbolic links. */
    LOAD_SCRIPTS,
    /** Attaching components. The subject is a file name. */
    COMPONENTS,
    /** Other threads: background jobs. */
    JOBS,
    /** Calling a member by a name that is known at run time only: Рефлектор. */
    REFLECT,
    /** Ending the script: ЗавершитьРаботу. */
    EXIT
}
