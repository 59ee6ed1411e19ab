/** Files that belong to a case: checked, kept with their digest, readable by role (T1). */
@org.springframework.modulith.ApplicationModule(
        displayName = "Attachments",
        allowedDependencies = {"shared", "workflow"})
package com.shunpi.attachment;
