"""What one may be allowed to do with reports."""

PERMISSIONS = {
    "report.view": "see the office's reports and their figures",
    "report.publish": "publish the office's reports",
    "plan.approve": "approve the office's plans",
}
