package com.shunpi.attachment;

import java.util.Set;

/** Says who may read and add files of one kind of case; a bean per module whose cases have some. */
public interface AttachmentReaders {

    /** How the numbers of these cases begin, e.g. {@code RT-}. */
    String prefix();

    /** The groups whose members read the files of such a case, and may add some while it is open. */
    Set<String> groups();

    /** Whether files may still be added to this case. */
    boolean isOpen(String caseNumber);
}
