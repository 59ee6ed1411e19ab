package com.shunpi.returns;

/**
 * How severe a return is and how fast it has to go (T9), as the decision table said when it came in.
 *
 * @param severity e.g. {@code 重大}
 * @param answerMinutes until the first answer, calendar minutes
 * @param proposalMinutes until a solution is proposed, calendar minutes
 * @param arrivalDays the goods have to be here within, calendar days after the approval
 * @param chaseDays after that day the case lapses, calendar days
 */
record ReturnGrade(String severity, int answerMinutes, int proposalMinutes, int arrivalDays, int chaseDays) {}
