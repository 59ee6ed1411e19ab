package com.shunpi.returns;

import java.util.List;

/**
 * One step of a return's approval (T4).
 *
 * @param role the group that decides
 * @param reasons the criteria that ask for it, in Chinese
 */
record ApprovalStep(String role, List<String> reasons) {}
